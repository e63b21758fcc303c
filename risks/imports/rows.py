"""One row of a register as it was read, whoever made it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xgov.papers.workbooks import CellFault, Sheet


@dataclass(frozen=True)
class Treated:
    """What is in place or will be done, as the action that adds it takes it. `headers`: the columns that say so."""

    kind: str  # one of exports.BESIDE_SHEETS
    answers: dict[str, Any]
    headers: tuple[str, ...]
    number: int  # of the row of the sheet


@dataclass
class Row:
    """`answers` holds only what the file has a column for. `places` says in which column each stands.

    `key` is what the row calls the risk: our reference in a copy of this register, theirs in another. `version` is
    that of the risk when the copy was made, if the file knows it.
    """

    sheet: Sheet
    number: int
    key: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)  # column -> its name, in a register of another shape
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)  # field -> what its cell says, what is wrong
    bearing: dict[str, str] = field(default_factory=dict)  # departments, objectives, projects, as they stand there
    reason: str = ""
    version: int | None = None
    closed_on: dt.date | None = None
    said: dict[str, str] = field(default_factory=dict)
    kept_as_given: list[str] = field(default_factory=list)
    treated: list[Treated] = field(default_factory=list)
    lacks: set[str] = field(default_factory=set)  # why controls and mitigations are kept as given, as said in treating

    def keep_as_given(self, headers: Iterable[str]) -> None:
        """In the order of the columns, and each once."""
        self.kept_as_given = sorted({*self.kept_as_given, *headers}, key=list(self.said).index)

    def fault(self, key: str, message: str) -> CellFault:
        return self.sheet.fault(self.number, self.places.get(key, 1), message)
