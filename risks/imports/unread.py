"""What somebody has typed into a copy of this register where nothing is read: told, and not passed over in silence."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risks.exports import BESIDE_COLUMNS, FOLLOWING, RISK_FILE_COLUMNS
from risks.imports.comparing import Comparison
from risks.imports.fields import text_of_cell
from risks.imports.own import OwnFile, places_of
from risks.imports.rows import Row
from xgov.pages.registers import Column
from xgov.papers.cells import plain, same_text
from xgov.papers.workbooks import Book, Sheet, SheetRow, address, day_from

_FOLLOWING = [column for column in RISK_FILE_COLUMNS if column.key in FOLLOWING]
_NAMED = 4  # cells, where a sentence tells of many


def notes(book: Book, file: OwnFile, rows: list[Row], comparison: Comparison) -> Iterator[str]:
    """`rows` are those that were read from the sheet of the risks, and have been compared."""
    yield from _changed_though_they_follow(file, rows, comparison)
    yield from _in_columns_of_their_own(file.risks, file.places.values())
    for kind, sheet in file.beside.items():
        if sheet.rows:
            yield from _in_columns_of_their_own(sheet, places_of(sheet.rows[0], BESIDE_COLUMNS[kind]).values())
    for sheet in book.sheets:
        if sheet is not file.risks and sheet not in file.beside.values() and sheet.rows:
            yield _("The sheet “%(sheet)s” is none of the register’s, and is not read.") % {"sheet": sheet.name}


def _changed_though_they_follow(file: OwnFile, rows: list[Row], comparison: Comparison) -> Iterator[str]:
    columns = [(column, file.places[column.key]) for column in _FOLLOWING if column.key in file.places]
    readings = [(_reading(column), place) for column, place in columns]
    changed: dict[int, list[str]] = {place: [] for _column, place in columns}
    after = {each.row.number: each.after for each in comparison.plan.changes}
    after |= {each.row.number: each.risk for each in comparison.plan.additions}
    for row, cells in zip(rows, file.rows, strict=True):
        risk, wanted = comparison.risks.get(row.key), after.get(row.number)
        known = [wanted] if risk is None else [risk, comparison.before(row), wanted or risk]
        for read, place in readings if known[0] else ():
            cell = cells.cell(place)
            if cell == "" and risk is None:  # a new row need not say it
                continue
            if not any(_says(cell, read(each)) for each in known):
                changed[place].append(_cell(file.risks, cells, place))
    for column, place in columns:
        if found := changed[place]:
            words = ngettext(
                "Column “%(column)s” is worked out by xgov: %(count)d changed cell is not read: %(cells)s.",
                "Column “%(column)s” is worked out by xgov: %(count)d changed cells are not read: %(cells)s.",
                len(found),
            )
            yield words % {"column": column.label, "count": len(found), "cells": _some(found)}


def _reading(column: Column) -> Callable[[Any], Any]:
    """What the column of a file holds of a record; of most it is a plain field, and asked of every row."""
    is_field = column.value is None and column.in_file is None
    return attrgetter(column.key) if is_field else column.read_for_file


def _says(cell: Any, value: Any) -> bool:
    """Whether the cell holds what the register wrote there. Of a time the day is enough."""
    if cell == value or (cell == "" and value is None):
        return True
    value = plain(value)
    if isinstance(value, dt.date):
        return day_from(cell) == (value.date() if isinstance(value, dt.datetime) else value)
    return same_text(text_of_cell(cell), text_of_cell(value))


def _in_columns_of_their_own(sheet: Sheet, read: Iterable[int]) -> Iterator[str]:
    """Columns that somebody has put beside ours, or that stand there twice."""
    header = sheet.rows[0]
    widest = max(len(cells.cells) for cells in sheet.rows)
    for place in sorted({*range(1, widest + 1)} - set(read)):
        filled = [_cell(sheet, cells, place) for cells in sheet.rows[1:] if text_of_cell(cells.cell(place))]
        if not filled:
            continue
        words = ngettext(
            "Column “%(column)s” is none of the register’s: %(count)d cell is not read: %(cells)s.",
            "Column “%(column)s” is none of the register’s: %(count)d cells are not read: %(cells)s.",
            len(filled),
        )
        name = text_of_cell(header.cell(place)) or address(header.number, place).rstrip("0123456789")
        yield words % {"column": name, "count": len(filled), "cells": _some(filled)}


def _cell(sheet: Sheet, row: SheetRow, place: int) -> str:
    """As a spreadsheet's own formula would name it."""
    found = address(row.number, place)
    return f"{sheet.name}!{found}" if sheet.name else found


def _some(cells: list[str]) -> str:
    shown = ", ".join(cells[:_NAMED])
    return f"{shown}, …" if len(cells) > _NAMED else shown
