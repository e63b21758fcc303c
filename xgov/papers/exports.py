"""Lists as files: CSV that Excel opens and XLSX with real numbers and dates.

Both neutralise text that a spreadsheet would run as a formula, and the importers undo exactly that, so what was
exported can be imported again unchanged.
"""

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Row = Sequence[Any]

# Spreadsheets run a cell that starts with one of these (OWASP, "CSV injection"); the wide forms count in some of them.
_FORMULA_START = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
_RUNS = re.compile(rf"'*{_FORMULA_START}")
_NEUTRALISED = re.compile(rf"'+{_FORMULA_START}")

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767  # characters in a spreadsheet cell
_EXACT_DIGITS = 15  # a spreadsheet keeps numbers as doubles
_CHUNK = 64 * 1024


def safe_cell(value: object) -> object:
    """The value with text that would run as a formula made inert. Numbers, dates and other types are left alone."""
    if isinstance(value, str) and _RUNS.match(value):
        return "'" + value
    return value


def unsafe_cell(value: object) -> object:
    """The value before `safe_cell`: only the apostrophe that it put there is taken off."""
    if isinstance(value, str) and _NEUTRALISED.match(value):
        return value[1:]
    return value


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
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "Sheet1")
    rows = iter(rows)
    first = list(islice(rows, 50))
    for number, width in enumerate(_widths(columns, first), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, column) for column in columns])
    count = 1
    for row in chain(first, rows):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
        count += 1
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    book.save(file)


class _Into:
    """The file that csv.writer writes into: each row becomes one string in the list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _plain(value: object) -> object:
    """Nothing, a number, a date or text: the only things a cell can hold."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | dt.date):
        return value
    return str(value)


def _csv_cell(value: object) -> str:
    value = safe_cell(_plain(value))
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    value = safe_cell(_plain(value))
    if isinstance(value, str):
        return _fitting(value)
    if isinstance(value, dt.date):
        return _date_cell(sheet, value)
    if isinstance(value, Decimal) and _exact(value):
        return _formatted(sheet, value, "#,##0.00" if value.as_tuple().exponent else "#,##0")
    if isinstance(value, int | float | Decimal) and not _exact(Decimal(str(value))):
        return str(value)
    return value


def _date_cell(sheet: WriteOnlyWorksheet, value: dt.date) -> object:
    if value.year < 1900:  # before a spreadsheet's calendar begins
        return value.isoformat()
    if isinstance(value, dt.datetime):
        return _formatted(sheet, value.replace(tzinfo=None), "d mmmm yyyy hh:mm:ss")
    return _formatted(sheet, value, "d mmmm yyyy")


def _exact(value: Decimal) -> bool:
    return value.is_finite() and len(value.as_tuple().digits) <= _EXACT_DIGITS


def _fitting(text: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    if len(text) <= CELL_LIMIT:
        return text
    notice = _(" [The text goes on: it is longer than a spreadsheet cell can hold. The CSV file has all of it.]")
    return text[: CELL_LIMIT - len(notice)] + notice


def _formatted(sheet: WriteOnlyWorksheet, value: object, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _heading(sheet: WriteOnlyWorksheet, text: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _fitting(safe_cell(str(text))))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(columns: Sequence[Any], rows: Sequence[Row]) -> Iterator[int]:
    for number, column in enumerate(columns):
        lengths = [len(_csv_cell(row[number])) for row in rows if number < len(row)]
        yield max(10, min(60, max([len(str(column)), *lengths]) + 2))
