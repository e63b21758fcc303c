"""Reads a copy of this register that somebody has edited: a workbook of ours, or a CSV download of the list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from risks.exports import ABOUT_FACTS, BESIDE_SHEETS, FOLLOWING, REASON, RISK_FILE_COLUMNS, RISK_SHEET, VERSION
from risks.imports.bearing import BEARING
from risks.imports.fields import FIELDS, NEEDED, NotRead, Readings, text_of_cell
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models.risks import REFERENCE
from xgov.pages.registers import Column
from xgov.papers.importing import BadFile
from xgov.papers.tables import normalised
from xgov.papers.workbooks import Book, CellFault, Sheet, SheetRow, day_from

_RECOGNISED_BY = ("reference", "title", "status", "category", "kept_by")


@dataclass(frozen=True)
class OwnFile:
    risks: Sheet
    beside: dict[str, Sheet]  # by what a row of them is
    places: dict[str, int]  # the column of each key
    rows: list[SheetRow]
    versions: dict[tuple[str, str], int]
    facts: dict[str, str]


def recognised(book: Book) -> OwnFile | None:
    """The parts of a copy of a register of this service; None for any other spreadsheet."""
    for sheet in book.sheets:
        if not sheet.rows:
            continue
        places = places_of(sheet.rows[0])
        if all(key in places for key in _RECOGNISED_BY):
            about = book.about
            beside = {kind: found for kind, name in BESIDE_SHEETS.items() if (found := book.sheet(str(name)))}
            return OwnFile(
                sheet, beside, places, sheet.rows[1:],
                about.versions if about else {}, about.facts if about else {},
            )  # fmt: skip
    return None


def places_of(header: SheetRow, columns: Iterable[Column] = RISK_FILE_COLUMNS) -> dict[str, int]:
    """The column of each key that has one. Of two with the same name the first is read."""
    by_words = {normalised(column.label): column.key for column in columns}
    found: dict[str, int] = {}
    for place, cell in enumerate(header.cells, start=1):
        key = by_words.get(normalised(cell))
        if key is not None:
            found.setdefault(key, place)
    return found


def read(file: OwnFile, around: Surroundings, name: str) -> tuple[list[Row], list[CellFault]]:
    """Each row with its answers, and what is wrong with its cells."""
    made_for = file.facts.get(ABOUT_FACTS["programme"])
    if made_for and made_for != around.programme.reference:
        raise BadFile(name, _("is the register of %(other)s and not of this programme") % {"other": made_for})
    rows: list[Row] = []
    faults = list(file.risks.unread({place for key, place in file.places.items() if key not in FOLLOWING}))
    reader = _Reader(file, around)
    for cells in file.rows:
        row = Row(file.risks, cells.number, places=file.places)
        faults += reader.read(row, cells)
        rows.append(row)
    faults += _named_twice(rows)
    return rows, faults


# What a new row need not say: it is draft or open by what it says, found today, official.
_FILLED_IN = {"status", "identified_on", "marking", "needs_funding"}


class _Reader:
    """Reads one row after the other."""

    def __init__(self, file: OwnFile, around: Surroundings) -> None:
        self.file, self.around, self.readings = file, around, Readings(around)
        self.unread = {**file.risks.uncalculated, **file.risks.errors}
        self.fields = [(field, file.places[key]) for key, field in FIELDS.items() if key in file.places]
        self.places = file.places  # with that of the owner where the address stands, if there is one
        if "owner_email" in file.places:
            self.places = {**file.places, "owner": file.places["owner_email"]}
        self.bearing = [(what, file.places[key]) for what, key in BEARING.items() if key in file.places]

    def read(self, row: Row, cells: SheetRow) -> Iterator[CellFault]:
        """Fill in the row; gives what is wrong with its cells."""

        def text(key: str) -> str:
            return text_of_cell(cells.cell(self.file.places[key])) if key in self.file.places else ""

        row.key, row.reason = text("reference"), text(REASON.key)
        row.version = _version(row.key, text(VERSION.key), self.file)
        row.bearing = {what: text_of_cell(cells.cell(place)) for what, place in self.bearing}
        if (programme := text("programme")) and programme != self.around.programme.reference:
            words = _("is the reference of another programme; this one is %(reference)s")
            yield row.fault("programme", words % {"reference": self.around.programme.reference})
        yield from self._answers(row, cells)
        if text("closed_at"):
            row.closed_on = day_from(cells.cell(self.file.places["closed_at"]))
            if row.closed_on is None:
                yield row.fault("closed_at", _("is not a date, like 22 November 2026"))
        self._owner(row, text("owner"), text("owner_email"))

    def _answers(self, row: Row, cells: SheetRow) -> Iterator[CellFault]:
        for field, place in self.fields:
            if field.key == "owner" or (row.number, place) in self.unread:
                continue
            value = cells.cell(place)
            if value != "" and text_of_cell(value) != "":
                try:
                    row.answers[field.key] = self.readings.read(field, value)
                except NotRead as wrong:
                    row.unread[field.key] = (text_of_cell(value), str(wrong))
            elif field.empty is not NEEDED:
                row.answers[field.key] = field.empty
            elif not (field.key in _FILLED_IN and re.fullmatch(REFERENCE, row.key) is None):
                yield row.fault(field.key, _("must not be empty"))

    def _owner(self, row: Row, name: str, email: str) -> None:
        """By the email address. `answers["owner"]` is the person, None, or the two texts when nobody here has them:
        they may be those of an owner who has left, which is for the comparison to see."""
        if "owner" not in self.places:
            return
        row.answers["owner"] = None
        if email or name:
            row.answers["owner"] = self.around.person(email or name)
            row.answers["owner as given"] = (name, email)
            row.places = self.places


def _version(reference: str, text: str, file: OwnFile) -> int | None:
    known = file.versions.get((str(RISK_SHEET), reference)) if file.versions else None
    if known is not None:
        return known
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _named_twice(rows: list[Row]) -> Iterator[CellFault]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key and row.key in seen:
            words = _("stands in row %(row)d too: a risk has one row")
            yield row.fault("reference", words % {"row": seen[row.key]})
        seen.setdefault(row.key, row.number)
