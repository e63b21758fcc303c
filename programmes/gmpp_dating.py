"""Which position a portfolio publication gives: its file's name may say, and its narratives do."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol

_MONTHS = {"march": (3, 31), "mar": (3, 31), "september": (9, 30), "sept": (9, 30), "sep": (9, 30)}
_QUARTER_ENDS = {"1": (6, 30), "2": (9, 30), "3": (12, 31), "4": (3, 31)}


class Project(Protocol):
    identifier: str
    confidence_narrative: str
    schedule_narrative: str
    cost_narrative: str
    benefits_narrative: str


def position_of(name: str, rows: Sequence[Project]) -> date | None:
    """The day of the position; None when nothing in the file tells it."""
    return _month_in(name) or _in_narratives(rows) or _year_in(name) or _latest_joining(rows)


def _month_in(name: str) -> date | None:
    """From "GMPP_AR_Data_March_2023.csv" or "gmpp_2023-03.csv"."""
    name = re.split(r"[/\\]", name)[-1].lower()
    if found := re.search(r"(?<![a-z])(march|mar|september|sept|sep)[\s_\-]*(20\d\d)(?!\d)", name):
        return date(int(found[2]), *_MONTHS[found[1]])
    if found := re.search(r"(?<!\d)(20\d\d)[\s_\-]+(03|09|march|mar|september|sept|sep)(?![a-z\d])", name):
        return date(int(found[1]), *{"03": (3, 31), "09": (9, 30), **_MONTHS}[found[2]])
    return None


def _in_narratives(rows: Sequence[Project]) -> date | None:
    """ "... at 22/23-Q4 remained at Amber": the quarter that the narratives speak of as the present."""
    said: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for text in (row.confidence_narrative, row.schedule_narrative, row.cost_narrative, row.benefits_narrative):
            said.update(set(re.findall(r"\bat (\d\d)/\d\d-Q([1-4])\b", text)))
    return _quarter_end(*max(said, key=lambda quarter: (said[quarter], quarter))) if said else None


def _year_in(name: str) -> date | None:
    """From "gmpp_2024-25.csv" or "nista-annual-report-2024-2025": the end of that financial year."""
    name = re.split(r"[/\\]", name)[-1]
    found = re.search(r"(?<!\d)20(\d\d)[\s_\-/]+(?:20)?(\d\d)(?!\d)", name)
    if found and int(found[2]) == int(found[1]) + 1:
        return date(2000 + int(found[2]), 3, 31)
    return None


def _latest_joining(rows: Sequence[Project]) -> date | None:
    """An identifier ends with the quarter in which the project joined; a yearly position is no older than the last."""
    joined = [
        found.groups() for row in rows if (found := re.search(r"_(\d\d)(\d\d)-Q([1-4])$", row.identifier.strip()))
    ]
    years = [first for first, second, _quarter in joined if int(second) == (int(first) + 1) % 100]
    return date(2001 + int(max(years)), 3, 31) if years else None


def _quarter_end(year: str, quarter: str) -> date:
    month, day = _QUARTER_ENDS[quarter]
    return date(2000 + int(year) + (quarter == "4"), month, day)
