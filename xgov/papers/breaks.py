"""Where the tables of a paper may break over pages, by how much stands in them.

A row stays whole where it can. WeasyPrint prints a row taller than a page without its table's header, and a table that
must stay whole but does not fit apart from its caption: so a long row may break, and only small tables stay whole.
How many lines there will be is worked out from the words and the widths of the columns, before anything is laid out.
"""

import math
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Element

LONG_ROW = 18  # lines. Two rows that are no longer than this stand on a page together
SMALL_TABLE = 26  # lines: less than half a page is left empty where a table is moved on whole
FEW_ROWS = 8

_CHARACTERS_TO_A_PERCENT = 0.8  # of the page's width, in the narrow columns of the tables
_STARTS_A_LINE = {"p", "li", "br", "dd", "dt"}


def mark_breaks(document: Element) -> None:
    """Give the class `long` to each row that may break, and `keep` to each table that is not to."""
    for table in document.iter("table"):
        widths = _widths(table)
        rows = list(table.iter("tr"))
        lines = [_lines(row, widths) for row in rows]
        for row, number in zip(rows, lines, strict=True):
            if number > LONG_ROW:
                _add_class(row, "long")
        body = len(rows) - sum(1 for head in table.iter("thead") for _row in head.iter("tr"))
        if body <= FEW_ROWS and sum(lines) <= SMALL_TABLE:
            _add_class(table, "keep")


def _widths(table: Element) -> list[float]:
    """Of each column, in percent; columns without a width of their own share what is left."""
    given = [_width(column) for column in table.iter("col")]
    shares = given.count(None)
    rest = max(100 - sum(filter(None, given)), 0) / shares if shares else 0
    return [rest if width is None else width for width in given]


def _width(column: Element) -> float | None:
    names = column.get("class", "").split()
    return next((float(name[2:]) for name in names if name.startswith("w-") and name[2:].isdecimal()), None)


def _lines(row: Element, widths: list[float]) -> float:
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    spread = 100 / len(cells) if cells else 100  # where there are no columns to go by
    paired = zip_longest(cells, widths[: len(cells)], fillvalue=spread)
    return max((_lines_in(cell, max(width * _CHARACTERS_TO_A_PERCENT, 4)) for cell, width in paired), default=0) + 1


def _lines_in(cell: Element, characters: float) -> int:
    return sum(math.ceil(length / characters) for length in _runs(cell))


def _runs(cell: Element) -> Iterator[int]:
    """How long each piece of text is that begins on a line of its own."""
    length = len(" ".join((cell.text or "").split()))
    for child in cell:
        inner = list(_runs(child))
        if child.tag in _STARTS_A_LINE:
            yield length
            yield from inner
            length = 0
        else:
            yield from inner[:-1]
            length += inner[-1]
        length += len(" ".join((child.tail or "").split()))
    yield length


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
