"""The words of a tagged page, as a screen reader gets them: from marked content, through each font's ToUnicode map."""

import re
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end", re.DOTALL)


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content on the page, by its number."""
    maps = {name: _unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    words: dict[int, list[str]] = {}
    number, font = None, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            number = _number(operands[1])
        elif name == "EMC":
            number = None
        elif name == "Tf":
            font = maps.get(str(operands[0]), {})
        elif name in ("Tj", "TJ") and number is not None:
            shown = operands[0] if name == "TJ" else [operands[0]]
            strings = [bytes(each) for each in shown if isinstance(each, pikepdf.String)]
            words.setdefault(number, []).extend(_read(string, font) for string in strings)
    return {number: "".join(parts) for number, parts in words.items()}


def _number(properties: Any) -> int | None:
    found = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    return None if found is None else int(found)


def _read(string: bytes, font: dict[int, str]) -> str:
    return "".join(font.get(int.from_bytes(string[at : at + 2], "big"), "") for at in range(0, len(string), 2))


def _unicode_map(font: Any) -> dict[int, str]:
    """Glyph number to text. Two bytes a glyph, which is how WeasyPrint embeds every font."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            found.update((int(glyph, 16), _text(text)) for glyph, text in _PAIR.findall(body))
            continue
        for first, last, text in _RANGE.findall(body):
            start = int(text or b"0", 16)
            found.update(
                (int(first, 16) + step, chr(start + step)) for step in range(int(last, 16) - int(first, 16) + 1)
            )
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
