"""A figure that may be withheld, not provided or not known is a value with a reason, never a blank or a guess."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureState(models.TextChoices):
    KNOWN = "KNOWN", _("Known")
    WITHHELD = "WITHHELD", _("Withheld")
    NOT_PROVIDED = "NOT_PROVIDED", _("Not provided")
    NOT_KNOWN = "NOT_KNOWN", _("Not yet known")
    AS_GIVEN = "AS_GIVEN", _("Given in words")


@dataclass(frozen=True)
class Figure:
    """An amount in pounds, or the reason why there is none. `section` is the Freedom of Information Act section."""

    amount: Decimal | None = None
    state: str = FigureState.NOT_KNOWN
    reason: str = ""
    section: str = ""

    @property
    def is_known(self) -> bool:
        return self.state == FigureState.KNOWN and self.amount is not None


class FigureDescriptor:
    """Reads and writes the four columns of one figure as one value: `programme.whole_life_cost_figure`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, record: models.Model | None, owner: type | None = None) -> Any:
        if record is None:
            return self
        parts = (getattr(record, f"{self.name}{suffix}") for suffix in ("", "_state", "_reason", "_section"))
        return Figure(*parts)

    def __set__(self, record: models.Model, figure: Figure) -> None:
        setattr(record, self.name, figure.amount)
        setattr(record, f"{self.name}_state", figure.state)
        setattr(record, f"{self.name}_reason", figure.reason)
        setattr(record, f"{self.name}_section", figure.section)


def amount_field(label: str) -> models.DecimalField:
    """Pounds."""
    return models.DecimalField(label, max_digits=18, decimal_places=2, null=True, blank=True)


def state_field(label: str) -> models.CharField:
    return models.CharField(label, max_length=20, choices=FigureState.choices, default=FigureState.NOT_KNOWN)


def reason_field(label: str) -> models.TextField:
    return models.TextField(label, blank=True)


def section_field(label: str) -> models.CharField:
    return models.CharField(label, max_length=20, blank=True)


def figure_constraint(name: str, *, of: str) -> models.CheckConstraint:
    """A figure has an amount exactly when it is known."""
    known = models.Q(**{f"{name}_state": FigureState.KNOWN})
    has_amount = models.Q(**{f"{name}__isnull": False})
    return models.CheckConstraint(
        condition=(known & has_amount) | (~known & ~has_amount), name=f"{of}_{name}_known_or_reason"
    )
