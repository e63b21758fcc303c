"""The cells of the Government Major Projects Portfolio data: a number, a date or a rating, or why there is none.

Nothing is guessed and nothing is dropped. A value that is not of its column's type keeps its words as the reason:
a Freedom of Information exemption with its section, "NA", "Inf", a range, a month without a day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from programmes.models import ConfidenceRating
from xgov.records.figures import Figure, FigureState

Rating = ConfidenceRating.Rating

_EXEMPT = re.compile(r"\bexempt|\bwithheld\b|^\s*(?:foi[a]?\s+)?sections?\s+\d", re.IGNORECASE)
_SECTION = re.compile(r"\b(?:sections?|s\.?)\s*((?:\d+\w?(?:\(\d+\))*(?:\s*(?:,|and|&|/)\s*)*)+)", re.IGNORECASE)
_NOT_PROVIDED = {
    "na", "n/a", "n.a.", "not applicable", "not available", "not provided", "none", "no data", "nil return",
    "-", "–", "—",
}  # fmt: skip
_NOT_YET = re.compile(
    r"early planning|planning stage|not (?:yet )?passed|not (?:yet )?in a position|"
    r"^t\.?b\.?[cda]\.?$|to be (?:confirmed|dete)",
    re.IGNORECASE,
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?"
_MONEY = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+−]?)\s*£?\s*(?P<again>[-−]?)(?P<digits>{_DIGITS})\s*(?P<unit>m|bn)?\)?"
)
_PERCENT = re.compile(rf"(?P<open>\()?\s*(?P<sign>[-+−]?)\s*(?P<digits>{_DIGITS})\s*(?P<unit>%)?\)?")
_DATE_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")
_LARGEST = Decimal(10) ** 15

_RATINGS = {
    "green": Rating.GREEN,
    "ambergreen": Rating.AMBER_GREEN,
    "greenamber": Rating.AMBER_GREEN,
    "amber": Rating.AMBER,
    "amberred": Rating.AMBER_RED,
    "redamber": Rating.AMBER_RED,
    "red": Rating.RED,
}


@dataclass(frozen=True)
class GivenDate:
    day: date | None = None
    reason: str = ""
    section: str = ""


@dataclass(frozen=True)
class GivenRating:
    """A delivery confidence rating. `is_given` is false for a rater who gave none: an empty cell or "NA"."""

    rating: str = Rating.NOT_SET
    as_given: str = ""
    section: str = ""
    is_given: bool = False

    @property
    def is_unknown(self) -> bool:
        """It says something that is none of the ratings."""
        return self.is_given and self.rating == Rating.NOT_SET


@dataclass(frozen=True)
class GivenPercent:
    value: Decimal | None = None
    reason: str = ""
    is_marked: bool = False  # it carries a percent sign


def text_of(cell: Any) -> str:
    """A cell's words, its line breaks kept. A whole number from a spreadsheet has no decimals."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    return str(cell).strip()


def section_in(text: str) -> str:
    """ "43", or "24, 26, 27": the sections of the Freedom of Information Act that the words name."""
    found = [number for group in _SECTION.findall(text) for number in re.findall(r"\d+\w?(?:\(\d+\))*", group)]
    return ", ".join(dict.fromkeys(found))[:20]


def money(cell: Any, unit: Decimal) -> Figure:
    """Pounds, from a number in the column's unit; or the words, and what kind of words they are."""
    text = text_of(cell)
    if not text:
        return Figure(None, FigureState.NOT_PROVIDED)
    match = _MONEY.fullmatch(text)
    if match and bool(match["open"]) == text.endswith(")"):
        amount = _amount(match, {"m": Decimal(1_000_000), "bn": Decimal(1_000_000_000)}.get(match["unit"], unit))
        if amount is not None:
            return Figure(amount, FigureState.KNOWN)
    return Figure(None, _state(text), text, section_in(text) if _EXEMPT.search(text) else "")


def _amount(match: re.Match[str], unit: Decimal) -> Decimal | None:
    try:
        amount = Decimal(match["digits"].replace(",", "")) * unit
    except InvalidOperation:
        return None
    negative = bool(match["open"]) or match["sign"] in ("-", "−") or match["again"] in ("-", "−")
    return (-amount if negative else amount).quantize(Decimal("0.01")) if amount < _LARGEST else None


def _state(text: str) -> str:
    if _EXEMPT.search(text):
        return FigureState.WITHHELD
    if text.casefold().rstrip(".") in _NOT_PROVIDED or text.casefold() in _NOT_PROVIDED:
        return FigureState.NOT_PROVIDED
    return FigureState.NOT_KNOWN if _NOT_YET.search(text) else FigureState.AS_GIVEN


def percent(cell: Any) -> GivenPercent:
    """A percentage as published. Whether a bare 0.12 means 12% is not decided here."""
    text = text_of(cell)
    match = _PERCENT.fullmatch(text)
    if match and bool(match["open"]) == text.endswith(")"):
        value = Decimal(match["digits"].replace(",", ""))
        if value < Decimal(10) ** 9:
            negative = match["open"] or match["sign"] in ("-", "−")
            return GivenPercent(-value if negative else value, is_marked=bool(match["unit"]))
    return GivenPercent(None, text)


def day(cell: Any) -> GivenDate:
    """A date in full, day before month as in Britain. A month without a day or a year of two digits stays text."""
    text = text_of(cell)
    found = _day_in(" ".join(text.split()))
    if found is not None and 1900 <= found.year <= 2200:
        return GivenDate(found)
    return GivenDate(None, text, section_in(text) if _EXEMPT.search(text) else "")


def _day_in(text: str) -> date | None:
    iso = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", text)
    for value, form in [(iso[1], "%Y-%m-%d")] if iso else [(text, form) for form in _DATE_FORMS]:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def rating(cell: Any) -> GivenRating:
    text = text_of(cell)
    colour = _RATINGS.get(re.sub(r"[\s/\-–—]+", "", text.casefold()))
    if colour:
        return GivenRating(colour, text, is_given=True)
    if _EXEMPT.search(text):
        return GivenRating(Rating.WITHHELD, text, section_in(text), is_given=True)
    said_something = bool(text) and _state(text) != FigureState.NOT_PROVIDED
    return GivenRating(Rating.NOT_SET, text, is_given=said_something)
