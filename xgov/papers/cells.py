"""What a cell of a file may hold, and how a text is kept from being run, cut or changed on its way out and back."""

import datetime as dt
import re
from decimal import Decimal
from enum import Enum
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

# Spreadsheets run a cell that starts with one of these (OWASP, "CSV injection"); the wide forms count in some of them.
_FORMULA_START = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
_RUNS = re.compile(rf"'*{_FORMULA_START}")
_NEUTRALISED = re.compile(rf"'+{_FORMULA_START}")

CELL_LIMIT = 32_767  # characters in a spreadsheet cell
EXACT_DIGITS = 15  # a spreadsheet keeps numbers as doubles

# Characters that XML cannot hold are written as Office writes them: _x0007_. Text that looks so already is escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


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


def plain(value: object) -> object:
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


def escaped(text: str) -> str:
    """As it stands in the XML of a workbook. A line break is a line feed there, whoever typed it."""
    text = text.replace("\r\n", "\n")
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def cut_notice(text: str) -> str:
    """What stands at the end of a cell that is too small for its text. Its number finds the whole text again."""
    number = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    words = _(" [The text goes on: it is longer than a cell can hold. The CSV file has all of it. %(number)s]")
    return words % {"number": number}


def is_too_long(text: str) -> bool:
    return len(text) * 2 > CELL_LIMIT and utf16_length(text) > CELL_LIMIT


def utf16_length(text: str) -> int:
    """As a spreadsheet counts: an emoji is two characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str) -> str:
    """The beginning of a text that is too long, and the notice."""
    notice = cut_notice(text)
    beginning = text[: CELL_LIMIT - len(notice)]
    while (over := utf16_length(escaped(beginning)) + 1 + len(notice) - CELL_LIMIT) > 0:  # 1 for an apostrophe
        beginning = beginning[: -((over + 6) // 7)]
    return beginning + notice


def is_exact(value: Decimal) -> bool:
    return value.is_finite() and len(value.as_tuple().digits) <= EXACT_DIGITS


def same_text(one: str, other: str) -> bool:
    """Whether two texts mean the same, however their lines were ended on the way."""
    return one == other or _lines(one) == _lines(other)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
