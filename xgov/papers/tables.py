"""Reading a table that somebody else made: CSV or XLSX, its encoding, its header row, its quirks.

Nothing is guessed and nothing is dropped: a file that is not what it says it is, or that ends in the middle, is
refused with `BadFile`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xgov.papers.csv_text import HEADER_WITHIN, LIMIT
from xgov.papers.importing import BadFile
from xgov.papers.workbooks import Limits, address, open_book, take_out_unseen

_LIMITS = Limits(size=LIMIT, rows=1_048_576, unpacked=10 * LIMIT)


@dataclass(frozen=True)
class TableRow:
    """One row under the header; an empty cell is `""`. `number` counts as a spreadsheet does: the header is row 1."""

    number: int
    cells: tuple[Any, ...]
    given: int = 0  # how many cells the file itself has in this row


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
    book = open_book(data, name, limits=_LIMITS, published=published)
    take_out_unseen(book)
    names = [page.name for page in book.sheets]
    if sheet is not None and sheet not in names:
        raise BadFile(name, f"has no sheet “{sheet}”; it has {', '.join(names)}")
    page = book.sheets[names.index(sheet) if sheet else 0]
    for place, words in page.uncalculated.items():
        raise BadFile(name, f"cell {address(*place)} {words}", sheet=page.name)
    rows = [(row.number, row.cells) for row in page.rows]
    return _under_header(name, page.name or None, rows, is_header, book.notes)


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


def _under_header(
    name: str, sheet: str | None, rows: list[tuple[int, list[Any]]], is_header: IsHeader | None, notes: list[str]
) -> Table:
    filled = rows
    if not filled:
        raise BadFile(name, "is empty", sheet=sheet)
    place = _header_place([row for _, row in filled], is_header)
    if place is None:
        found = ", ".join(" ".join(str(cell).split()) for cell in filled[0][1][:6] if not _empty(cell))
        raise BadFile(name, f"does not have the columns expected; it begins with {found[:200]}", sheet=sheet)
    table = Table(name, _distinct(filled[place][1]), [], sheet, notes)
    table.rows += [TableRow(number, _as_wide_as(table, number, row), len(row)) for number, row in filled[place + 1 :]]
    return table


def _header_place(rows: list[list[Any]], is_header: IsHeader | None) -> int | None:
    if is_header is None:
        return 0
    normal = (tuple(normalised(cell) for cell in row) for row in rows[:HEADER_WITHIN])
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
