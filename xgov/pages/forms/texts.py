"""What every answer in words keeps to: something that can be seen, and no more than a person can read."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from xgov.records.unseen import has_unseen

# About ten printed pages. What is longer belongs in a document of its own. A local default.
LONGEST_TEXT = 30_000


class Seen:
    """An answer of nothing but spaces and signs without width reads as none, and answers as none."""

    def __init__(self, field: forms.CharField) -> None:
        self.messages = field.error_messages

    def __call__(self, text: str) -> None:
        if not any(unicodedata.category(sign)[0] not in "CZ" for sign in text):
            raise ValidationError(self.messages["required"], code="required")


class Plain:
    """An answer without bells, escapes and marks that turn its words about: it says what it seems to say."""

    code = "unseen"

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, text: str) -> None:
        if has_unseen(text):
            words = _("%(label)s held signs that cannot be seen. They are taken out: read it again, then send it")
            raise ValidationError(words, code=self.code, params={"label": self.label})


def keep_to_text(field: forms.CharField, label: str) -> None:
    """Give the field what every answer in words keeps to, once."""
    if any(isinstance(validator, Seen) for validator in field.validators):
        return
    field.validators.append(Seen(field))
    if not isinstance(field.widget, forms.PasswordInput):
        field.validators.append(Plain(str(_("Your answer")) if label.endswith("?") else label))
    if field.max_length is None and isinstance(field.widget, forms.Textarea):
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
