"""A date in three boxes: day, month, year. Understands `11`, `Nov` and `November`."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms.wording import label_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# A year outside these is taken for a slip of the hand; a local default.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_BOX_WORDS = {"day": _("day"), "month": _("month"), "year": _("year")}

Typed = tuple[str, str, str]


class DateBoxes(forms.Widget):
    template_name = "django/forms/widgets/date_boxes.html"
    use_fieldset = True
    box_names = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        if not any(f"{name}_{box}" in data for box in self.box_names) and (whole := data.get(name)):
            return _boxes_of(str(whole))
        day, month, year = (str(data.get(f"{name}_{box}") or "").strip() for box in self.box_names)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{box}" in data for box in self.box_names)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    def format_value(self, value: Any) -> Typed:
        if isinstance(value, dt.date):
            return str(value.day), str(value.month), str(value.year)
        if isinstance(value, tuple | list) and len(value) == 3:
            return tuple(value)
        return _boxes_of(str(value)) if value else ("", "", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        wrong = context["widget"]["attrs"].pop("data-wrong", None)
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{box}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{box}",
                "label": _BOX_WORDS[box],
                "value": text,
                "width": 4 if box == "year" else 2,
                "wrong": wrong is not None and (not wrong or box in wrong),
            }
            for box, text in zip(self.box_names, self.format_value(value), strict=True)
        ]
        return context


def _boxes_of(text: str) -> Typed:
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    return (str(found.day), str(found.month), str(found.year)) if found else (text, "", "")


class DateField(forms.DateField):
    """Answers a date or None. Its errors say which box is wrong, in GOV.UK wording."""

    widget = DateBoxes

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example, 27 3 2026"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or value == ("", "", ""):
            return None
        if isinstance(value, dt.date):
            return value
        day, month, year = value if isinstance(value, tuple | list) else _boxes_of(str(value))
        self._refuse_gaps(day, month, year)
        found = self._real_date(day, month, year)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self._wrong(_("%(label)s must have a year from %(first)s to %(last)s"), ["year"])
        return found

    def _label(self) -> str:
        return label_of(self, "date")

    def _refuse_gaps(self, day: str, month: str, year: str) -> None:
        missing = [box for box, text in (("day", day), ("month", month), ("year", year)) if not text]
        if missing:
            words = [str(_BOX_WORDS[box]) for box in missing]
            raise ValidationError(
                _("%(label)s must include a %(boxes_in_words)s"),
                code="incomplete",
                params={
                    "label": self._label(),
                    "boxes": missing,
                    "boxes_in_words": str(_(" and ")).join(words),
                },
            )

    def _real_date(self, day: str, month: str, year: str) -> dt.date:
        number = _month_number(month)
        if year.isascii() and year.isdigit() and len(year) != 4:
            self._wrong(_("%(label)s must have a year of 4 numbers"), ["year"])
        for box, good in (("day", _is_number(day)), ("month", number), ("year", _is_number(year))):
            if not good:
                self._wrong(_("%(label)s must be a real date"), [box])
        if not 1 <= number <= 12:
            self._wrong(_("%(label)s must be a real date"), ["month"])
        try:
            return dt.date(int(year), number, int(day))
        except ValueError:
            self._wrong(_("%(label)s must be a real date"), ["day"])

    def _wrong(self, words: Any, boxes: list[str]) -> None:
        raise ValidationError(
            words,
            code="invalid",
            params={"label": self._label(), "boxes": boxes, "first": str(FIRST_YEAR), "last": str(LAST_YEAR)},
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0


def _month_number(text: str) -> int:
    word = text.casefold().rstrip(".")
    if word in _LONG_MONTHS:
        return _LONG_MONTHS.index(word) + 1
    if word[:3] in _MONTHS and word in (word[:3], "sept"):
        return _MONTHS.index(word[:3]) + 1
    return int(text) if _is_number(text) else 0
