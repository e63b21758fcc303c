"""The hidden sheets of a workbook: what it was made from, and the texts that are too long for a cell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xgov.papers.cells import CELL_LIMIT, cut, cut_notice

ABOUT, LISTS, LONG = "About", "Lists", "Long texts"
_VERSION = "version"
_PART = CELL_LIMIT // 4  # a character is at most two in the spreadsheet's count, and an escape makes seven of one


@dataclass
class About:
    """`facts` say where and when the workbook was made; `versions` which version of each record, by sheet and key."""

    facts: dict[str, str] = field(default_factory=dict)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)


def fact_rows(facts: Mapping[str, str]) -> Iterator[list[Any]]:
    yield from ([key, value] for key, value in facts.items())


def version_row(sheet: str, key: str, version: int) -> list[Any]:
    return [_VERSION, sheet, key, version]


def about_in(rows: Iterable[tuple[int, list[Any]]]) -> About:
    """What the sheet says. A person can open and change it: what is no version is left out."""
    about = About()
    for _number, cells in rows:
        padded = [*cells, "", "", ""]
        if padded[0] == _VERSION:
            sheet, key, number = padded[1:4]
            if isinstance(number, int):
                about.versions[str(sheet), str(key)] = number
        elif padded[0]:
            about.facts[str(padded[0])] = str(padded[1])
    return about


def long_text_rows(text: str) -> Iterator[list[Any]]:
    number = _number_in(cut_notice(text))
    for place in range(0, len(text), _PART):
        yield [number, "|" + text[place : place + _PART]]


def long_texts_in(rows: Iterable[tuple[int, list[Any]]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for _number, cells in rows:
        if len(cells) > 1:
            texts[str(cells[0])] = texts.get(str(cells[0]), "") + str(cells[1]).removeprefix("|")
    return texts


def joined(cell: str, texts: dict[str, str]) -> str:
    """The whole text, if the cell holds its beginning as it was written; else what it holds."""
    whole = texts.get(_number_in(cell)) if cell.endswith("]") else None
    return whole if whole and cell == cut(whole) else cell


def _number_in(notice: str) -> str:
    found = re.search(r"([0-9a-f]{12})\]$", notice)
    return found[1] if found else ""
