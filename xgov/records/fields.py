"""Fields that many records share."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Marking(models.TextChoices):
    """Government Security Classifications policy (5 August 2024). OFFICIAL-SENSITIVE is a marking inside OFFICIAL.

    SECRET and TOP SECRET are left out on purpose: such material must not be put here.
    """

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL_SENSITIVE", "OFFICIAL-SENSITIVE"


class MarkingField(models.CharField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("marking"))
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("choices", Marking.choices)
        kwargs.setdefault("default", Marking.OFFICIAL)
        super().__init__(*args, **kwargs)


def reference_field(**kwargs: Any) -> models.CharField:
    """A record's reference, as people quote it: letters, digits, dots, hyphens and underscores."""
    kwargs.setdefault("verbose_name", _("reference"))
    return models.CharField(
        max_length=40,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("Use letters, digits, dots and hyphens only"))],
        **kwargs,
    )
