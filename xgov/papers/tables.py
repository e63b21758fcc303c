"""Reading a table that somebody else made: CSV or XLSX, its encoding, its header row, its quirks.

Nothing is guessed and nothing is dropped: a file that is not what it says it is, or that ends in the middle, is
refused with `BadFile`.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .exports import unsafe_cell
from .importing import BadFile

LIMIT = 50 * 1024 * 1024  # bytes in a file, and ten times that once unpacked
_HEADER_WITHIN = 20  # a title or a note may stand above the header row, but not more than this

# How files that are not tables begin.
_OTHER_KINDS = (
    (b"%PDF", "is a PDF, not a table"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook (.xls); save it as .xlsx or CSV first"),
    (b"{\\rtf", "is a rich text document, not a table"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
    (b"\x89PNG", "is a picture, not a table"),
    (b"\xff\xd8\xff", "is a picture, not a table"),
)


@dataclass(frozen=True)
class TableRow:
    """One row under the header; an empty cell is `""`. `number` counts as a spreadsheet does: the header is row 1."""

    number: int
    cells: tuple[Any, ...]


@dataclass
class Table:
    file: str
    headers: tuple[str, ...]
    rows: list[TableRow]
    sheet: str | None = None
    notes: list[str] = field(default_factory=list)

    def bad(self, message: str, *, row: int | None = None, column: str | None = None) -> BadFile:
        return BadFile(self.file, message, sheet=self.sheet, row=row, column=column)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row as (number, {header: cell})."""
        for row in self.rows:
            yield row.number, dict(zip(self.headers, row.cells, strict=True))


def normalised(header: object) -> str:
    """A header's words in lower case, without punctuation and line breaks, to compare with."""
    text = unicodedata.normalize("NFKC", str(header)).casefold().replace("&", " and ").replace("£", " £ ")
    return " ".join(re.sub(r"[^\w£%]+|_", " ", text).split())


IsHeader = Callable[[Sequence[str]], bool]


def read_table(
    path: str | Path, *, is_header: IsHeader | None = None, sheet: str | None = None, published: bool = False
) -> Table:
    """The table in a CSV or XLSX file.

    `is_header` recognises the header among the first rows, given each row's normalised cells; without it the first
    row that is not empty is the header. A `published` file was not exported here, so its cells are taken as they
    are; else what `safe_cell` added is taken off again. Raises BadFile.
    """
    return table_of(bytes_of(path), str(path), is_header=is_header, sheet=sheet, published=published)


def table_of(
    data: bytes, name: str, *, is_header: IsHeader | None = None, sheet: str | None = None, published: bool = False
) -> Table:
    """As `read_table`, for a file that is in memory already, such as an upload."""
    notes: list[str] = []
    if data.startswith(b"PK\x03\x04"):
        sheet, found = _workbook_rows(data, name, sheet)
    else:
        sheet, found = None, _csv_rows(text_of(data, name, notes), name)
    rows = [(number, row if published else [unsafe_cell(cell) for cell in row]) for number, row in found]
    return _under_header(name, sheet, rows, is_header, notes)


def bytes_of(path: str | Path) -> bytes:
    try:
        if Path(path).stat().st_size > LIMIT:
            raise BadFile(path, f"is larger than {LIMIT // 1024 // 1024} MB")
        return Path(path).read_bytes()
    except FileNotFoundError as missing:
        raise BadFile(path, "there is no such file") from missing
    except IsADirectoryError as folder:
        raise BadFile(path, "is a folder, not a file") from folder
    except (OSError, ValueError) as unreadable:
        raise BadFile(path, "can not be read") from unreadable


def text_of(data: bytes, name: str, notes: list[str]) -> str:
    """The text of a CSV file, or BadFile when it is something else. `notes` gets what had to be assumed."""
    for start, words in _OTHER_KINDS:
        if data.startswith(start):
            raise BadFile(name, words)
    text = _decoded(data, name, notes)
    if not text.strip():
        raise BadFile(name, "is empty")
    if "\0" in text:
        raise BadFile(name, "is not a text file")
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<table", "<div")):
        raise BadFile(name, "is a web page or XML, not a table; download the file itself")
    if re.match(r'\{\s*("|\})|\[\s*[\[{"\]]', start):
        raise BadFile(name, "is JSON, not a table")
    return text


def _decoded(data: bytes, name: str, notes: list[str]) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notes.append(f"{name} is not UTF-8; it was read as Windows-1252.")
        return text
    raise BadFile(name, "is not a text file in UTF-8 or Windows-1252")


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number, width, row = 0, 0, []
    try:
        for number, row in enumerate(reader, start=1):
            width = max(width, len(row)) if number <= _HEADER_WITHIN else width
            yield number, row
    except csv.Error as error:
        ended = "unexpected end" in str(error)
        words = "a quotation mark is opened and never closed" if ended else "the quotation marks do not pair up"
        raise BadFile(name, f"{words}, so the file may be cut short or damaged", row=number + 1) from error
    if row and len(row) < width and not text.endswith(("\n", "\r")):
        raise BadFile(name, "the file ends in the middle of this row", row=number)


def _delimiter(text: str) -> str:
    """What parts the cells in the fullest of the first lines; a comma unless another is clearly meant."""
    best, most = ",", 1
    for delimiter in (",", "\t", ";"):
        try:
            rows = csv.reader(io.StringIO(text[: 64 * 1024], newline=""), delimiter=delimiter)
            fullest = max((len(row) for row, _ in zip(rows, range(_HEADER_WITHIN), strict=False)), default=1)
        except csv.Error:
            continue
        if fullest > most:
            best, most = delimiter, fullest
    return best


def _workbook_rows(data: bytes, name: str, sheet: str | None) -> tuple[str, list[tuple[int, list[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > 10 * LIMIT:
                raise BadFile(name, "is far larger unpacked than a table should be")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except BadFile:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BadFile(name, "is not a spreadsheet that can be opened (.xlsx)") from error
    names = book.sheetnames
    if sheet is not None and sheet not in names:
        raise BadFile(name, f"has no sheet “{sheet}”; it has {', '.join(names)}")
    page = book[sheet or names[0]]
    page.reset_dimensions()
    cells = enumerate(page.iter_rows(values_only=True), start=1)
    return page.title, [(number, ["" if cell is None else cell for cell in row]) for number, row in cells]


def _under_header(
    name: str, sheet: str | None, rows: list[tuple[int, list[Any]]], is_header: IsHeader | None, notes: list[str]
) -> Table:
    filled = [(number, row) for number, row in rows if any(not _empty(cell) for cell in row)]
    if not filled:
        raise BadFile(name, "is empty", sheet=sheet)
    place = _header_place([row for _, row in filled], is_header)
    if place is None:
        found = ", ".join(" ".join(str(cell).split()) for cell in filled[0][1][:6] if not _empty(cell))
        raise BadFile(name, f"does not have the columns expected; it begins with {found[:200]}", sheet=sheet)
    table = Table(name, _distinct(filled[place][1]), [], sheet, notes)
    table.rows += [TableRow(number, _as_wide_as(table, number, row)) for number, row in filled[place + 1 :]]
    return table


def _header_place(rows: list[list[Any]], is_header: IsHeader | None) -> int | None:
    if is_header is None:
        return 0
    normal = (tuple(normalised(cell) for cell in row) for row in rows[:_HEADER_WITHIN])
    return next((place for place, row in enumerate(normal) if is_header(row)), None)


def _distinct(cells: Sequence[Any]) -> tuple[str, ...]:
    """Every column has a name of its own: one without is called by its letter's number, a second one is numbered."""
    while cells and _empty(cells[-1]):
        cells = cells[:-1]
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = f"column {place}" if _empty(cell) else str(cell)
        again = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def _as_wide_as(table: Table, number: int, row: list[Any]) -> tuple[Any, ...]:
    width = len(table.headers)
    if any(not _empty(cell) for cell in row[width:]):
        raise table.bad(f"has {len(row)} cells where the header has {width}", row=number)
    return tuple(row[:width]) + ("",) * (width - len(row))


def _empty(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip()
