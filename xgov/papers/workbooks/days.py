"""Dates as people type them into spreadsheets: `15-Jun-10`, `15/06/2010`, `15 June 2010`, `2010-06-15`."""

import datetime as dt
import re

from xgov.records.clock import today

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AS_NUMBERS = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})")
_WITH_MONTH = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<month>[a-z]{3,9})[-/., ]+(?P<year>\d{4}|\d{2})"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t ]\d{2}:\d{2}.*)?")
_YEARS_AHEAD = 30  # "45" is 2045, "75" is 1975: two figures mean the nearer century


def day_from(value: object) -> dt.date | None:
    """The day that the cell names, the day first as in Britain; None when it names none."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    text = " ".join(value.casefold().split())
    for form in (_ISO, _AS_NUMBERS, _WITH_MONTH):
        if found := form.fullmatch(text):
            return _day(found["year"], found["month"], found["day"])
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return dt.date(_year(year), number, int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    start = word[:3]
    full = dt.date(2000, _MONTHS.index(start) + 1, 1).strftime("%B").casefold() if start in _MONTHS else ""
    return _MONTHS.index(start) + 1 if full.startswith(word) or word == "sept" else 0


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    year = today().year // 100 * 100 + int(text)
    return year - 100 if year > today().year + _YEARS_AHEAD else year
