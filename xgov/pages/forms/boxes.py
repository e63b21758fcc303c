"""Answers of a kind of their own: money, and choices that explain themselves."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text
from xgov.pages.forms.wording import label_of

_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
_NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{0,20})(?:\.[0-9]{0,20})?"
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<times>k|m|million|bn|billion|)", re.IGNORECASE)


class Option:
    """The label of a radio button or checkbox with a hint under it: `(value, Option(label, hint))`."""

    def __init__(self, label: type_of_text, hint: type_of_text = "") -> None:
        self.label = label
        self.hint = hint

    def __str__(self) -> str:
        return str(self.label)


class MoneyInput(forms.TextInput):
    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-10", "inputmode": "text", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value:,.2f}".removesuffix(".00")
        return None if value is None else str(value)


class MoneyField(forms.DecimalField):
    """Pounds. Understands `12400000`, `£12,400,000`, `12.4m` and `1.2bn`."""

    widget = MoneyInput

    def __init__(self, *, max_digits: int = 18, decimal_places: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("In pounds, for example 12,400,000 or 12.4m"))
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        text = str(value).replace("£", "").strip()
        found = _AMOUNT.fullmatch(text)
        if not found and _AMOUNT.fullmatch(text.replace(",", "")):
            words = _("%(label)s has a comma in the wrong place: write thousands like 12,400,000 and tenths like 12.4m")
            raise ValidationError(words, code="misplaced_comma", params={"label": label_of(self, "amount")})
        try:
            amount = Decimal(found["number"].replace(",", "")) * _TIMES[found["times"].lower()] if found else None
        except InvalidOperation:
            amount = None
        if amount is None:
            words = _("%(label)s must be an amount in pounds, like 12,400,000 or 12.4m")
            raise ValidationError(words, code="invalid", params={"label": label_of(self, "amount")})
        return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (None if initial in self.empty_values else Decimal(str(initial)))
        except ValidationError:
            return True
