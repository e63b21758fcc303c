"""Reading one publication of the Government Major Projects Portfolio: every cell accounted for.

The department is read from its column, never from the identifier, whose prefix is the department that first entered
the project and has often changed since.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from programmes import gmpp_cells as cells
from programmes import gmpp_columns as columns
from programmes.gmpp_cells import GivenDate, GivenRating, Rating
from programmes.gmpp_columns import Scale
from programmes.gmpp_dating import position_of
from xgov.papers.tables import Table, TableRow, read_table
from xgov.records.figures import Figure

MILLION = Decimal(1_000_000)
# As the portfolio writes them, "DCMS_0013_1819-Q3"; and anything that could stand for one in another year.
_IDENTIFIER = re.compile(r"[A-Z]{2,12}[_/-]\d{2,6}(?:[_/-]\d{4}-?Q[1-4])?", re.IGNORECASE)
_MAY_IDENTIFY = re.compile(r"[\w./-]*\d[\w./-]*")
_FIVE_POINTS_ONLY = (Rating.AMBER_GREEN, Rating.AMBER_RED)


@dataclass(frozen=True)
class GmppRow:
    """One project as published. `raw` has every column, unchanged."""

    number: int
    identifier: str
    name: str
    department: str
    category: str
    description: str
    independent: GivenRating
    sro: GivenRating
    start: GivenDate
    end: GivenDate
    baseline: Figure
    forecast: Figure
    variance: Decimal | None
    variance_reason: str
    whole_life_cost: Figure
    benefits: Figure
    confidence_narrative: str
    schedule_narrative: str
    variance_narrative: str
    cost_narrative: str
    benefits_narrative: str
    raw: dict[str, str]
    kept_as_text: tuple[str, ...]  # the columns that hold words here in place of a number, a date or a known rating


@dataclass(frozen=True)
class GmppFile:
    """A publication: what is true of the whole file, and its projects."""

    path: str
    as_at: date
    scale: str
    price_base: str
    rows: list[GmppRow]
    notes: list[str] = field(default_factory=list)

    @property
    def publication(self) -> str:
        return f"Government Major Projects Portfolio, {self.as_at:%B %Y}"

    @property
    def kept_as_text(self) -> int:
        return sum(len(row.kept_as_text) for row in self.rows)

    def __iter__(self) -> Iterator[GmppRow]:
        return iter(self.rows)


def read_gmpp(path: str | Path, *, as_at: date | None = None) -> GmppFile:
    """The publication in a CSV or XLSX file of any year from March 2021. Raises BadFile.

    `as_at` is the position it gives, such as 31 March 2023; without it the file's name and contents must tell.
    """
    table = read_table(path, is_header=columns.is_header, published=True)
    _refuse_broken_off(table)
    reader = _Reader(table)
    rows = [row for each in table.rows if (row := reader.row(each))]
    if not rows:
        raise table.bad("has no projects under its header")
    _refuse_exchanged(table, reader.at, rows)
    _refuse_doubles(table, rows)
    position = as_at or position_of(str(path), rows)
    if position is None:
        raise table.bad("does not say which year's position it gives; add --as-at, such as --as-at 2023-03-31")
    scale = _scale(table, reader, rows, position)
    return GmppFile(str(path), position, scale, reader.price_base, rows, [*table.notes, *reader.notes])


def _refuse_broken_off(table: Table) -> None:
    """A row of a CSV with fewer cells than the header: what is missing must not read as “not provided”."""
    width = len(table.headers)
    for row in table.rows if table.sheet is None else ():
        if 1 < row.given < width:
            raise table.bad(f"has {row.given} cells where the header has {width}", row=row.number)


class _Reader:
    """Reads rows by the columns that this file has."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.at = columns.columns_of(table.headers)
        self.notes: list[str] = []
        self.units = {name: self._unit(name) for name in columns.MONEY if name in self.at}
        bases = (columns.price_base_in(table.headers[self.at[name]]) for name in self.units)
        self.price_base = next((base for base in bases if base), "")
        unread = [header for place, header in enumerate(table.headers) if place not in self.at.values()]
        if unread:
            self.notes.append(f"Kept as given, without a place of their own: {_listed(unread)}.")
        if "department" not in self.at:
            raise table.bad("has no column for the department, and it is not read from the identifier")
        missing = [name for name in columns.TYPED if name not in self.at]
        if missing:
            self.notes.append(f"The file has no column for: {_listed(columns.in_words(name) for name in missing)}.")

    def _unit(self, name: str) -> Decimal:
        header = self.table.headers[self.at[name]]
        unit = columns.unit_in(header)
        if unit is None:
            self.notes.append(
                f"The column {_listed([header])} does not say its unit; millions of pounds, as elsewhere."
            )
        return unit or MILLION

    def row(self, given: TableRow) -> GmppRow | None:
        name = self._text(given, "name")
        if not self._is_project(given, name):
            return None
        ratings = {kind: cells.rating(self._cell(given, kind)) for kind in columns.RATINGS}
        dates = {kind: cells.day(self._cell(given, kind)) for kind in columns.DATES}
        figures = {kind: self._figure(given, kind) for kind in columns.MONEY}
        variance, reason = _variance(cells.percent(self._cell(given, "variance")), figures)
        reasons = {kind: value.reason for kind, value in {**dates, **figures}.items()} | {"variance": reason}
        reasons |= {kind: rating.as_given for kind, rating in ratings.items() if rating.is_unknown}
        return GmppRow(
            number=given.number,
            identifier=self._text(given, "identifier"),
            name=" ".join(name.split()),
            department=self._text(given, "department"),
            category=self._text(given, "category"),
            description=self._text(given, "description"),
            variance=variance,
            variance_reason=reason,
            raw={header: _as_given(cell) for header, cell in zip(self.table.headers, given.cells, strict=True)},
            kept_as_text=tuple(kind for kind, words in reasons.items() if words),
            **ratings, **dates, **figures, **{kind: self._text(given, kind) for kind in columns.NARRATIVES},
        )  # fmt: skip

    def _cell(self, given: TableRow, name: str) -> Any:
        return given.cells[self.at[name]] if name in self.at else ""

    def _text(self, given: TableRow, name: str) -> str:
        return cells.text_of(self._cell(given, name))

    def _figure(self, given: TableRow, name: str) -> Figure:
        return cells.money(self._cell(given, name), self.units[name]) if name in self.units else Figure()

    def _is_project(self, given: TableRow, name: str) -> bool:
        """A footnote under the table is told of; a project without a name is refused."""
        filled = [text for cell in given.cells if (text := cells.text_of(cell))]
        if len(filled) == 1:
            self.notes.append(f"Row {given.number} is not a project: {_listed(filled)}.")
            return False
        if not name:
            raise self.table.bad("is empty", row=given.number, column=self.table.headers[self.at["name"]])
        return True


def _variance(given: cells.GivenPercent, figures: dict[str, Figure]) -> tuple[Decimal | None, str]:
    """The variance in percent. A bare 0.12 is 12% only where the row's own baseline and forecast prove it."""
    value = given.value
    if value is None:
        return None, given.reason
    baseline, forecast = figures["baseline"].amount, figures["forecast"].amount
    if not given.is_marked and abs(value) <= 10 and baseline and forecast is not None:
        exact = (forecast - baseline) / baseline * 100
        if abs(value * 100 - exact) < 1 <= abs(value - exact):
            value *= 100
    return value.quantize(Decimal("0.01")), ""


def _scale(table: Table, reader: _Reader, rows: list[GmppRow], position: date) -> str:
    """The scale of the ratings: what the values prove, else what the header says, else what was used that year."""
    headers = [table.headers[reader.at[kind]] for kind in columns.RATINGS if kind in reader.at]
    said = next((scale for scale in map(columns.scale_in, headers) if scale), None)
    if any(each.rating in _FIVE_POINTS_ONLY for row in rows for each in (row.independent, row.sro)):
        if said == Scale.THREE_POINT:
            reader.notes.append("The header speaks of a three-point scale, but there are ratings of five points.")
        return Scale.FIVE_POINT
    return said or (Scale.THREE_POINT if position.year >= 2022 else Scale.FIVE_POINT)


def _refuse_exchanged(table: Table, at: dict[str, int], rows: list[GmppRow]) -> None:
    """Identifiers under the name and names under the identifier: a programme would be called “DWP_0012_2122-Q1”."""
    for row in rows:
        if row.identifier and _IDENTIFIER.fullmatch(row.name) and not _MAY_IDENTIFY.fullmatch(row.identifier):
            words = (
                f"says “{row.name}”, which is an identifier, and the identifier says {_listed([row.identifier])}: "
                "the two columns seem to be exchanged"
            )
            raise table.bad(words, row=row.number, column=table.headers[at["name"]])


def _refuse_doubles(table: Table, rows: list[GmppRow]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        key = row.identifier.upper() or f"{row.department} {row.name}".casefold()
        if key in seen:
            column = "the identifier" if row.identifier else "the name"
            raise table.bad(f"has {column} of row {seen[key]}", row=row.number)
        seen[key] = row.number


def kept_by_column(rows: list[GmppRow]) -> Counter[str]:
    return Counter(name for row in rows for name in row.kept_as_text)


def _as_given(cell: Any) -> str:
    return cell if isinstance(cell, str) else cells.text_of(cell)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{' '.join(str(each).split())[:80]}”" for each in words)
