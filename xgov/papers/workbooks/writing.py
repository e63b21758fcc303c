"""Writes a workbook row by row: nothing but the row at hand is in memory, however many there are."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from xgov.access.roles import type_of_text
from xgov.papers.cells import cut, escaped, is_exact, is_too_long, plain, safe_cell
from xgov.papers.workbooks.about import ABOUT, LISTS, LONG, fact_rows, long_text_rows, version_row
from xgov.records.errors import RuleBroken

_WIDTH_FROM = 50  # rows looked at to choose how wide a column is
_ROWS_TO_FILL = 500  # below the last one, for which the lists to choose from are there too
LAST_ROW = 1_048_576  # of a sheet, in every spreadsheet program


@dataclass(frozen=True)
class BookColumn:
    """`choices` become a list to choose from in each cell; `hint` is shown when a cell of the column is entered."""

    label: type_of_text
    choices: Sequence[Any] = ()
    hint: type_of_text = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row of a record that can come back changed: `key` is how its sheet names it."""

    cells: Sequence[Any]
    key: str
    version: int


@dataclass
class BookSheet:
    name: str
    columns: Sequence[BookColumn]
    rows: Iterable[Sequence[Any] | BookRow]


@dataclass
class _Hidden:
    """The sheets that nobody sees. What is known of a row is written with it; only the lists wait for the end."""

    book: Workbook
    about: WriteOnlyWorksheet | None = None
    long_texts: WriteOnlyWorksheet | None = None
    written: set[str] = field(default_factory=set)  # the long texts, by what stands at their cut
    lists: list[tuple[Any, ...]] = field(default_factory=list)

    def note_version(self, sheet: str, row: BookRow) -> None:
        if self.about is not None:
            _append(self.about, version_row(sheet, row.key, row.version))

    def keep(self, text: str) -> None:
        rows = list(long_text_rows(text))
        if str(rows[0][0]) in self.written:
            return
        self.written.add(str(rows[0][0]))
        if self.long_texts is None:
            self.long_texts = _hidden_page(self.book, LONG)
        for row in rows:
            _append(self.long_texts, row)

    def list_of(self, choices: Sequence[Any]) -> str:
        """The address of the column that holds these choices."""
        key = tuple(choices)
        if key not in self.lists:
            self.lists.append(key)
        letter = get_column_letter(self.lists.index(key) + 1)
        return f"'{LISTS}'!${letter}$1:${letter}${len(key)}"


def write_book(file: IO[bytes], sheets: Iterable[BookSheet], facts: Mapping[str, str] | None = None) -> None:
    """Each sheet with a header that stays in sight, and behind them the `facts` of what it was made from, the version
    of each BookRow, what can be chosen, and the rest of texts that are too long for a cell.

    Raises RuleBroken when a sheet has more rows than a spreadsheet can hold.
    """
    book = Workbook(write_only=True)
    try:
        _write_sheets(book, list(sheets), facts)
        book.save(file)
    except BaseException:
        _let_go(book)
        raise


def _write_sheets(book: Workbook, sheets: list[BookSheet], facts: Mapping[str, str] | None) -> None:
    hidden = _Hidden(book)
    pages = [book.create_sheet(_title(sheet.name)) for sheet in sheets]
    if facts is not None:
        hidden.about = _hidden_page(book, ABOUT)
        for row in fact_rows(facts):
            _append(hidden.about, row)
    for page, sheet in zip(pages, sheets, strict=True):
        _write_sheet(page, sheet, hidden)
    if hidden.lists:
        page, depth = _hidden_page(book, LISTS), max(len(choices) for choices in hidden.lists)
        for n in range(depth):
            _append(page, [choices[n] if n < len(choices) else None for choices in hidden.lists])


def _let_go(book: Workbook) -> None:
    """The rows of each sheet wait in a file: who stops in the middle leaves none behind."""
    for page in book.worksheets:
        if page._writer is not None and not page.closed:
            page.close()
            page._writer.cleanup()


def _write_sheet(page: WriteOnlyWorksheet, sheet: BookSheet, hidden: _Hidden) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, _WIDTH_FROM))
    for number, width in enumerate(_widths(sheet.columns, [_cells(row) for row in first]), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A2"
    page.append([_heading(page, column.label) for column in sheet.columns])
    count = 1
    for row in chain(first, rows):
        if count == LAST_ROW:
            words = _("The sheet “%(sheet)s” has more rows than a spreadsheet can hold: %(rows)s with its header.")
            raise RuleBroken(words % {"sheet": sheet.name, "rows": f"{LAST_ROW:,}"})
        page.append([_cell(page, value, hidden) for value in _cells(row)])
        if isinstance(row, BookRow):
            hidden.note_version(sheet.name, row)
        count += 1
    if sheet.columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"
    page.data_validations = _validations(sheet.columns, hidden, min(count + _ROWS_TO_FILL, LAST_ROW))


def _cells(row: Sequence[Any] | BookRow) -> Sequence[Any]:
    return row.cells if isinstance(row, BookRow) else row


def _validations(columns: Sequence[BookColumn], hidden: _Hidden, last: int) -> DataValidationList:
    """What is not on the list can still be typed, after a warning: what it means is decided when it comes back."""
    found = DataValidationList()
    for number, column in enumerate(columns, start=1):
        if not column.choices and not column.hint:
            continue
        letter = get_column_letter(number)
        rule = DataValidation(sqref=f"{letter}2:{letter}{last}", allow_blank=True)
        if column.choices:
            rule.type, rule.formula1 = "list", hidden.list_of(column.choices)
            rule.showErrorMessage, rule.errorStyle = True, "warning"
        if column.hint:
            rule.showInputMessage = True
            rule.promptTitle, rule.prompt = str(column.label)[:32], str(column.hint)[:255]
        found.append(rule)
    return found


def _hidden_page(book: Workbook, title: str) -> WriteOnlyWorksheet:
    page = book.create_sheet(title)
    page.sheet_state = "hidden"
    return page


def _append(page: WriteOnlyWorksheet, row: Sequence[Any]) -> None:
    page.append([_text_cell(page, escaped(cell)) if isinstance(cell, str) else cell for cell in row])


def _title(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "Sheet1"


def _cell(page: WriteOnlyWorksheet, value: object, hidden: _Hidden) -> object:
    value = plain(value)
    if isinstance(value, str):
        return _text_cell(page, _fitting(value, hidden))
    if isinstance(value, dt.date):
        return _date_cell(page, value)
    if isinstance(value, Decimal) and is_exact(value):
        return _formatted(page, value, "#,##0.00" if value.as_tuple().exponent else "#,##0")
    if isinstance(value, int | float | Decimal) and not is_exact(Decimal(str(value))):
        return str(value)
    return value


def _fitting(text: str, hidden: _Hidden) -> str:
    """As it can stand in a cell: inert, and its end elsewhere if it is too long."""
    text = text.replace("\r\n", "\n")
    inert = escaped(safe_cell(text))
    if not is_too_long(inert):
        return inert
    hidden.keep(text)
    return escaped(safe_cell(cut(text)))


def _text_cell(page: WriteOnlyWorksheet, text: str) -> object:
    """Text stays text: `#N/A` is no error, and nothing is taken for a formula."""
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def _date_cell(page: WriteOnlyWorksheet, value: dt.date) -> object:
    if value.year < 1900:  # before a spreadsheet's calendar begins
        return value.isoformat()
    if isinstance(value, dt.datetime):
        return _formatted(page, value.replace(tzinfo=None), "d mmmm yyyy hh:mm:ss")
    return _formatted(page, value, "d mmmm yyyy")


def _formatted(page: WriteOnlyWorksheet, value: object, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = number_format
    return cell


def _heading(page: WriteOnlyWorksheet, text: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, escaped(safe_cell(str(text))))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(columns: Sequence[BookColumn], rows: Sequence[Sequence[Any]]) -> Iterator[int]:
    for number, column in enumerate(columns):
        lengths = [len(str(row[number] or "")) for row in rows if number < len(row)]
        yield column.width or max(10, min(60, max([len(str(column.label)), *lengths]) + 2))
