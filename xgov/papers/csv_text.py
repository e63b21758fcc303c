"""The rows of a CSV file that somebody else made: its encoding, what parts its cells, where it breaks off."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from xgov.papers.importing import BadFile

LIMIT = 50 * 1024 * 1024  # bytes in a file
HEADER_WITHIN = 20  # a title or a note may stand above the header row, but not more than this

# How files that are not tables begin.
_OTHER_KINDS = (
    (b"%PDF", "is a PDF, not a table"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook (.xls); save it as .xlsx or CSV first"),
    (b"{\\rtf", "is a rich text document, not a table"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
    (b"\x89PNG", "is a picture, not a table"),
    (b"\xff\xd8\xff", "is a picture, not a table"),
)


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


def csv_rows(text: str, name: str) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number, width, row = 0, 0, []
    try:
        for number, row in enumerate(reader, start=1):
            width = max(width, len(row)) if number <= HEADER_WITHIN else width
            yield number, row
    except csv.Error as error:
        ended = "unexpected end" in str(error)
        words = "a quotation mark is opened and never closed" if ended else "the quotation marks do not pair up"
        raise BadFile(name, f"{words}, so the file may be cut short or damaged", row=number + 1) from error
    if row and len(row) < width and not text.endswith(("\n", "\r")):
        raise BadFile(name, "the file ends in the middle of this row", row=number)


def _delimiter(text: str) -> str:
    """What parts the most of the first lines, and of several the one that makes the fullest row; a comma if none does.

    One that stands only in what somebody typed parts fewer of them.
    """
    best, most = ",", (0, 0)
    for delimiter in (",", "\t", ";"):
        try:
            rows = csv.reader(io.StringIO(text[: 64 * 1024], newline=""), delimiter=delimiter)
            widths = [len(row) for row, _ in zip(rows, range(HEADER_WITHIN), strict=False)]
        except csv.Error:
            continue
        parted = (sum(width > 1 for width in widths), max(widths, default=1))
        if parted > most:
            best, most = delimiter, parted
    return best
