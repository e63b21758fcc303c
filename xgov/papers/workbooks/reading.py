"""A workbook or CSV file as sheets of cells that know their address, whoever made it."""

import io
import warnings
import zipfile
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from xgov.papers.cells import unescaped, unsafe_cell
from xgov.papers.csv_text import csv_rows, text_of
from xgov.papers.importing import BadFile
from xgov.papers.workbooks.about import ABOUT, LONG, About, about_in, joined, long_texts_in
from xgov.papers.workbooks.addresses import address
from xgov.papers.workbooks.aside import texts_aside, texts_at_edges
from xgov.papers.workbooks.parsing import Page, Parser, Place, opened
from xgov.papers.workbooks.refusing import USUAL, Limits, kind_of, refuse_protected

_UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    SyntaxError, EOFError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; an empty cell is `""`. `number` is the one a spreadsheet shows."""

    number: int
    cells: list[Any]

    def cell(self, column: int) -> Any:
        """By number, the first is 1; `""` past the end."""
        return self.cells[column - 1] if column <= len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        return not any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


@dataclass(frozen=True)
class Block:
    """Cells merged into one: first and last row and column, the last included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class CellFault:
    """What is wrong with one cell, for the person who filled it in."""

    sheet: str
    cell: str
    message: str

    @property
    def place(self) -> Place:
        """Row and column."""
        return coordinate_to_tuple(self.cell)

    def __str__(self) -> str:
        return f"{_place(self.sheet, self.cell)}: {self.message}"


def _place(sheet: str, cell: str) -> str:
    return f"sheet “{sheet}”, cell {cell}" if sheet else f"cell {cell}"


@dataclass
class Sheet:
    """Rows that hold something. Each cell of a merged block says what the block says. A CSV file's name is empty.

    `uncalculated` cells are empty here and are not in the file; of `errors` the cell says what the program said.
    """

    name: str
    rows: list[SheetRow] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    uncalculated: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)  # what its printed pages say, and where in words

    def fault(self, row: int, column: int, message: str) -> CellFault:
        return CellFault(self.name, address(row, column), str(message))

    def unread(self, columns: Container[int]) -> Iterator[CellFault]:
        """What is wrong with the cells of these columns that hold no value."""
        for (row, column), words in sorted({**self.uncalculated, **self.errors}.items()):
            if column in columns:
                yield self.fault(row, column, words)

    def place(self, row: int, column: int) -> str:
        """Where a cell is, in words."""
        return _place(self.name, address(row, column))

    def block_at(self, row: int, column: int) -> Block | None:
        for block in self.merged:
            if block.first_row <= row <= block.last_row and block.first_column <= column <= block.last_column:
                return block
        return None

    def is_merged_at(self, row: int) -> bool:
        return any(block.first_row <= row <= block.last_row for block in self.merged)


@dataclass
class Book:
    file: str
    sheets: list[Sheet]
    about: About | None = None  # what the hidden sheet says, if we wrote the workbook
    notes: list[str] = field(default_factory=list)
    long_texts: dict[str, str] = field(default_factory=dict, repr=False)
    aside: dict[str, str] = field(default_factory=dict, repr=False)  # texts that stand in no row, and where in words

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    @property
    def is_csv(self) -> bool:
        return [sheet.name for sheet in self.sheets] == [""]


def open_book(data: bytes, name: str, *, limits: Limits = USUAL, published: bool = False) -> Book:
    """Every sheet that is not hidden. What was made inert on its way out is as it was, unless `published` elsewhere.

    Raises BadFile, in one sentence, for a file that is protected, encrypted, laden with macros, too large, damaged or
    not what its name says.
    """
    if kind_of(data, name, limits) == "csv":
        notes: list[str] = []
        rows = _limited(csv_rows(text_of(data, name, notes), name), name, "", limits)
        book = Book(name, [Sheet("", list(rows))], notes=notes)
    else:
        book = _workbook(data, name, limits)
    if not published:
        for sheet in book.sheets:
            for row in sheet.rows:
                row.cells[:] = [
                    _as_typed(cell, book.long_texts) if isinstance(cell, str) else cell for cell in row.cells
                ]
    return book


def _as_typed(cell: str, long_texts: dict[str, str]) -> Any:
    """The text before it was made inert, and all of it if it was too long for its cell."""
    text = unsafe_cell(cell)
    return joined(text, long_texts) if long_texts else text


def _workbook(data: bytes, name: str, limits: Limits) -> Book:
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as packed:
            warnings.simplefilter("ignore")  # about styles and extensions that are of no concern here
            refuse_protected(packed, name)
            workbook = opened(data)
            book = _sheets(workbook, name, limits)
            for text, place in texts_aside(packed, workbook):
                book.aside.setdefault(text, place)
            return book
    except BadFile:
        raise
    except _UNREADABLE as error:
        raise BadFile(
            name, "is not a spreadsheet that can be opened (.xlsx): it is damaged or something else"
        ) from error


def _sheets(workbook: Workbook, name: str, limits: Limits) -> Book:
    pages = {page.title: page for page in workbook.worksheets}
    about = about_in(_rows(pages[ABOUT], workbook, name, limits, Sheet(ABOUT))) if ABOUT in pages else None
    texts = long_texts_in(_rows(pages[LONG], workbook, name, limits, Sheet(LONG))) if LONG in pages else {}
    sheets = []
    for page in (each for each in workbook.worksheets if each.sheet_state == "visible"):
        sheet = Sheet(page.title)
        sheet.rows = list(_limited(_rows(page, workbook, name, limits, sheet), name, page.title, limits))
        _spread(sheet)
        sheets.append(sheet)
    if not any(sheet.rows for sheet in sheets):
        raise BadFile(name, "is empty")
    aside = dict(text for sheet in sheets for text in sheet.edges)
    return Book(name, sheets, about, long_texts=texts, aside=aside)


def _rows(page: Page, workbook: Workbook, name: str, limits: Limits, sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
    """Each row that the page has, as far as it is filled. What else `sheet` says is known once all have been read."""
    with page._get_source() as source:
        parser = Parser(
            source, page._shared_strings, data_only=True, epoch=workbook.epoch,
            date_formats=workbook._date_formats, timedelta_formats=workbook._timedelta_formats,
        )  # fmt: skip
        for number, found in parser.parse():
            cells: list[Any] = []
            for cell in found:
                value = cell["value"]
                if value is None or value == "":
                    continue
                if cell["column"] > limits.columns:
                    raise BadFile(name, f"has more than {limits.columns} columns", sheet=page.title, row=number)
                cells.extend([""] * (cell["column"] - len(cells)))
                cells[cell["column"] - 1] = unescaped(value) if isinstance(value, str) else value
            yield number, cells
    if getattr(parser, "protection", None) is not None and parser.protection.sheet:
        raise BadFile(name, "is protected: take the protection of the sheet off and bring that copy", sheet=page.title)
    blocks = getattr(parser.merged_cells, "mergeCell", None) or ()
    sheet.merged += [Block(found.min_row, found.min_col, found.max_row, found.max_col) for found in blocks]
    sheet.uncalculated, sheet.errors = parser.uncalculated, parser.errors
    sheet.edges = list(texts_at_edges(parser, page.title))


def _limited(rows: Iterator[tuple[int, Sequence[Any]]], name: str, sheet: str, limits: Limits) -> Iterator[SheetRow]:
    kept = 0
    for number, cells in rows:
        row = SheetRow(number, list(cells))
        if len(row.cells) > limits.columns:
            raise BadFile(name, f"has more than {limits.columns} columns", sheet=sheet or None, row=number)
        if row.is_empty:
            continue
        kept += 1
        if kept > limits.rows:
            raise BadFile(name, f"has more than {limits.rows:,} rows: bring it in parts", sheet=sheet or None)
        yield row


def _spread(sheet: Sheet) -> None:
    """What stands in a merged block stands in each of its rows and columns, where there are rows at all."""
    by_number = {row.number: row for row in sheet.rows}
    for block in sheet.merged:
        first = by_number.get(block.first_row)
        value = first.cell(block.first_column) if first else ""
        if value == "":
            continue
        for number in range(block.first_row, min(block.last_row, sheet.rows[-1].number) + 1):
            if (row := by_number.get(number)) is not None:
                row.cells.extend([""] * (block.last_column - len(row.cells)))
                row.cells[block.first_column - 1 : block.last_column] = [value] * (
                    block.last_column - block.first_column + 1
                )
