"""Lists as files: CSV that Excel opens and XLSX with real numbers and dates.

Both neutralise text that a spreadsheet would run as a formula, and the importers undo exactly that, so what was
exported can be imported again unchanged.
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from xgov.papers.cells import plain, safe_cell
from xgov.papers.workbooks import BookColumn, BookSheet, write_book

Row = Sequence[Any]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHUNK = 64 * 1024


def stream_csv(name: str, columns: Sequence[Any], rows: Iterable[Row]) -> StreamingHttpResponse:
    """One pass over `rows`, never more than a chunk in memory. `name` is the file name without its ending."""
    response = StreamingHttpResponse(csv_chunks(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def csv_chunks(columns: Sequence[Any], rows: Iterable[Row]) -> Iterator[bytes]:
    """The CSV as UTF-8 bytes with a byte-order mark (without one Excel reads accents wrongly)."""
    pending: list[str] = ["\ufeff"]
    size = 0
    writer = csv.writer(_Into(pending), lineterminator="\r\n")
    for row in chain([columns], rows):
        writer.writerow([_csv_cell(value) for value in row])
        size += len(pending[-1])
        if size >= _CHUNK:
            yield "".join(pending).encode()
            pending.clear()
            size = 0
    yield "".join(pending).encode()


def xlsx(name: str, columns: Sequence[Any], rows: Iterable[Row]) -> FileResponse:
    """A workbook of one sheet, written row by row to a file that goes away once it has been sent."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - FileResponse closes it
    write_xlsx(file, name, columns, rows)
    file.seek(0)
    return FileResponse(file, content_type=XLSX_TYPE, as_attachment=True, filename=f"{name}.xlsx")


def write_xlsx(file: IO[bytes], name: str, columns: Sequence[Any], rows: Iterable[Row]) -> None:
    write_book(file, [BookSheet(name, [BookColumn(column) for column in columns], rows)])


class _Into:
    """The file that csv.writer writes into: each row becomes one string in the list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _csv_cell(value: object) -> str:
    value = safe_cell(plain(value))
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
