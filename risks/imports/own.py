"""Reads a copy of this register that somebody has edited: a workbook of ours, or a CSV download of the list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from risks.exports import ABOUT_FACTS, BESIDE_SHEETS, FOLLOWING, REASON, RISK_FILE_COLUMNS, RISK_SHEET, VERSION
from risks.imports.bearing import BEARING
from risks.imports.fields import FIELDS, NEEDED, NotRead, text_of_cell
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models.risks import REFERENCE
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
        places = _places(sheet.rows[0])
        if all(key in places for key in _RECOGNISED_BY):
            about = book.about
            beside = {kind: found for kind, name in BESIDE_SHEETS.items() if (found := book.sheet(str(name)))}
            return OwnFile(
                sheet, beside, places, sheet.rows[1:],
                about.versions if about else {}, about.facts if about else {},
            )  # fmt: skip
    return None


def _places(header: SheetRow) -> dict[str, int]:
    by_words = {normalised(column.label): column.key for column in RISK_FILE_COLUMNS}
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
    for sheet_row in file.rows:
        row = Row(file.risks, sheet_row.number, places=file.places)
        faults += _read_row(row, sheet_row, file, around)
        rows.append(row)
    faults += _named_twice(rows)
    return rows, faults


def _read_row(row: Row, cells: SheetRow, file: OwnFile, around: Surroundings) -> Iterator[CellFault]:
    def cell(key: str) -> Any:
        return cells.cell(file.places[key]) if key in file.places else ""

    row.key = text_of_cell(cell("reference"))
    is_new = re.fullmatch(REFERENCE, row.key) is None
    row.reason = text_of_cell(cell(REASON.key))
    row.version = _version(row.key, cell(VERSION.key), file)
    programme = text_of_cell(cell("programme"))
    if programme and programme != around.programme.reference:
        words = _("is the reference of another programme; this one is %(reference)s")
        yield row.fault("programme", words % {"reference": around.programme.reference})
    for key, field in FIELDS.items():
        if key not in file.places or key == "owner":
            continue
        value = cell(key)
        if text_of_cell(value) != "":
            try:
                row.answers[key] = field.read(value, around)
            except NotRead as wrong:
                row.unread[key] = (text_of_cell(value), str(wrong))
        elif field.empty is not NEEDED:
            row.answers[key] = field.empty
        elif not (key in _FILLED_IN and is_new):
            yield row.fault(key, _("must not be empty"))
    closed = cell("closed_at")
    row.closed_on = day_from(closed)
    if row.closed_on is None and text_of_cell(closed):
        yield row.fault("closed_at", _("is not a date, like 22 November 2026"))
    row.bearing = {what: text_of_cell(cell(key)) for what, key in BEARING.items() if key in file.places}
    yield from _read_owner(row, text_of_cell(cell("owner")), text_of_cell(cell("owner_email")), file, around)


# What a new row need not say: it is draft or open by what it says, found today, official.
_FILLED_IN = {"status", "identified_on", "marking", "needs_funding"}


def _read_owner(row: Row, name: str, email: str, file: OwnFile, around: Surroundings) -> Iterator[CellFault]:
    """By the email address. `answers["owner"]` is the person, None, or the two texts when nobody here has them: they
    may be those of an owner who has left, which is for the comparison to see."""
    if "owner_email" not in file.places and "owner" not in file.places:
        return
    key = "owner_email" if "owner_email" in file.places else "owner"
    if not email and not name:
        row.answers["owner"] = None
        return
    row.answers["owner"] = around.person(email or name)
    row.answers["owner as given"] = (name, email)
    row.places = {**row.places, "owner": file.places[key]}
    yield from ()


def _version(reference: str, cell: Any, file: OwnFile) -> int | None:
    known = file.versions.get((str(RISK_SHEET), reference))
    if known is not None:
        return known
    text = text_of_cell(cell)
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _named_twice(rows: list[Row]) -> Iterator[CellFault]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key and row.key in seen:
            words = _("stands in row %(row)d too: a risk has one row")
            yield row.fault("reference", words % {"row": seen[row.key]})
        seen.setdefault(row.key, row.number)
