"""Reads a register of any other shape: finds its header, its risks, and what each cell says by an agreed mapping."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from risks.imports import foreign_treatment
from risks.imports.fields import IN_FOREIGN, TREATMENT, text_of_cell
from risks.imports.meanings import Agreed, value_of
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.scoring import ASSESSMENTS
from xgov.papers.importing import BadFile
from xgov.papers.workbooks import Book, CellFault, Sheet, SheetRow, address
from xgov.records.clock import today

_HEADER_WITHIN = 20
_LONGEST_TITLE, _LONGEST_KEY = 150, 300
_VALUES_KEPT, _VALUE_KEPT = 1000, 300  # of a column, and characters of each: a column of words has fewer
REFERENCE, AS_GIVEN, LEFT_OUT = "their_reference", "as_given", "left_out"


@dataclass(frozen=True)
class Outline:
    """What the columns of a register say: enough to match them, small enough to keep beside the file."""

    columns: list[tuple[int, str]]  # the number and name of each column that has a name
    said: dict[str, Counter[str]]  # what a column says, and how often
    rows: int
    sheet: str = ""  # a CSV file has none

    @property
    def headers(self) -> list[str]:
        return [header for _place, header in self.columns]

    def values(self, header: str) -> Counter[str]:
        return self.said[header]

    @cached_property
    def fingerprint(self) -> str:
        """By the headers, whatever their order and case: next month's copy is known again."""
        names = sorted(" ".join(header.casefold().split()) for header in self.headers)
        return hashlib.sha256(json.dumps(names).encode()).hexdigest()

    def with_words(self, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Header and field of those of its columns whose values are words, which may be other words than ours."""
        for header, field in columns.items():
            if field in IN_FOREIGN and IN_FOREIGN[field].has_words and header in self.headers:
                yield header, field

    def as_data(self) -> dict[str, Any]:
        said = [
            [[value[:_VALUE_KEPT], times] for value, times in self.said[header].most_common(_VALUES_KEPT)]
            for header in self.headers
        ]
        return {"columns": self.columns, "said": said, "rows": self.rows, "sheet": self.sheet}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Outline":
        columns = [(place, header) for place, header in data["columns"]]
        said = {header: Counter(dict(values)) for (_, header), values in zip(columns, data["said"], strict=True)}
        return cls(columns, said, data["rows"], data.get("sheet", ""))


class ForeignFile:
    """The sheet with the most rows under a header."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet: Sheet = max(book.sheets, key=lambda sheet: len(sheet.rows))
        place = _header_place(self.sheet)
        if place is None:
            raise BadFile(book.file, "has no row of column names with risks below it", sheet=self.sheet.name or None)
        self._refuse_one_name(self.sheet.rows[place])
        self.headers, first = _header(self.sheet, place)
        self.rows = self.sheet.rows[first:]
        if not self.rows:
            raise BadFile(book.file, "has column names and no risks below them", sheet=self.sheet.name or None)
        self._refuse_names_without_a_value(self.sheet.rows[place].number, self.sheet.rows[first - 1].number)

    def _refuse_one_name(self, row: SheetRow) -> None:
        """A name that every column has tells none of them from another."""
        names = {text for cell in row.cells if (text := text_of_cell(cell))}
        if len(names) == 1:
            words = f"has columns that are all named “{names.pop()[:_LONGEST_TITLE]}”: give each a name of its own"
            raise BadFile(self.book.file, words, sheet=self.sheet.name or None, row=row.number)

    def _refuse_names_without_a_value(self, first: int, last: int) -> None:
        for (row, column), words in self.sheet.uncalculated.items():
            if first <= row <= last:
                raise BadFile(self.book.file, f"cell {address(row, column)} {words}", sheet=self.sheet.name)

    @property
    def columns(self) -> list[tuple[int, str]]:
        return [(place, header) for place, header in enumerate(self.headers, start=1) if header]

    @cached_property
    def outline(self) -> Outline:
        said = {header: self._values(place) for place, header in self.columns}
        return Outline(self.columns, said, len(self.rows), self.sheet.name)

    def _values(self, place: int) -> Counter[str]:
        found = (text_of_cell(row.cell(place)) for row in self.rows)
        return Counter(text for text in found if text)

    def unread(self, columns: Mapping[str, str]) -> Iterator[CellFault]:
        """What is wrong with the cells that hold no value, but for those of columns that are left out."""
        return self.sheet.unread({place for place, header in self.columns if columns.get(header) != LEFT_OUT})

    def risks(self, key_place: int) -> Iterator[list[SheetRow]]:
        """The rows of each risk: more than one where the cell that names it is merged over several."""

        def same(row: SheetRow) -> Any:
            block = self.sheet.block_at(row.number, key_place)
            return (block.first_row, "block") if block else (row.number, "row")

        for _key, rows in groupby(self.rows, key=same):
            yield list(rows)


def _header_place(sheet: Sheet) -> int | None:
    """The first row that is nearly as full as the fullest, and all words: titles above it fill a cell or two."""
    top = sheet.rows[:_HEADER_WITHIN]
    filled = [len({place for place, cell in enumerate(row.cells) if text_of_cell(cell)}) for row in top]
    most = max(filled, default=0)
    for place, row in enumerate(top):
        words = [cell for cell in row.cells if isinstance(cell, str) and any(letter.isalpha() for letter in cell)]
        is_merged = len(set(words)) == 1 and sheet.is_merged_at(row.number)
        if filled[place] == len(words) and filled[place] >= max(2, most * 0.6) and not is_merged:
            return place
    return None


def _header(sheet: Sheet, place: int) -> tuple[list[str], int]:
    """The names of the columns, and the place of the first row below. A merged name takes in those below it."""
    row = sheet.rows[place]
    names = [text_of_cell(cell) for cell in row.cells]
    blocks = [block for block in sheet.merged if block.first_row == row.number]
    if any(block.last_column > block.first_column for block in blocks) and place + 1 < len(sheet.rows):
        below = sheet.rows[place + 1]
        width = max(len(names), len(below.cells))
        names += [""] * (width - len(names))
        for column in range(1, width + 1):
            under = text_of_cell(below.cell(column))
            if under and under != names[column - 1]:
                names[column - 1] = f"{names[column - 1]} {under}".strip()
        place += 1
    return _distinct(" ".join(name.split())[:200] for name in names), place + 1


def _distinct(names: Iterator[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        again = sum(1 for other in found if other == name or other.startswith(f"{name} ("))
        found.append(f"{name} ({again + 1})" if name and again else name)
    return found


def read(file: ForeignFile, agreed: Agreed, around: Surroundings) -> list[Row]:
    """Each risk with what has a place here as answers, and the rest kept as given. Nothing is refused."""
    fields = {header: field for header, field in agreed.columns.items() if header in file.headers}
    by_field = {field: header for header, field in fields.items()}
    key_header = by_field.get(REFERENCE) or by_field.get("title") or file.columns[0][1]
    headers = dict(file.columns)
    places = {field: file.headers.index(header) + 1 for header, field in fields.items()}
    rows = []
    taken: Counter[str] = Counter()
    for cells in file.risks(file.headers.index(key_header) + 1):
        row = Row(file.sheet, cells[0].number, places=places, headers=headers)
        row.said = {header: text for place, header in file.columns if (text := _joined(cells, place))}
        if not row.said.get(key_header) and not row.said.get(by_field.get("title", "")):
            continue  # a note or a total below the risks
        row.key = (row.said.get(key_header) or row.said[by_field["title"]])[:_LONGEST_KEY]
        taken[row.key] += 1
        if taken[row.key] > 1:
            row.key = f"{row.key[: _LONGEST_KEY - 10]} ({taken[row.key]})"
        for header, field in fields.items():
            _take(row, header, field, agreed, around, cells[0].cell(file.headers.index(header) + 1))
        _settle(row, by_field, agreed)
        for each in cells:
            foreign_treatment.take(row, each, by_field, agreed, around)
        rows.append(row)
    return rows


def _joined(cells: list[SheetRow], place: int) -> str:
    texts = [text_of_cell(row.cell(place)).replace("\0", "") for row in cells]
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _take(row: Row, header: str, field: str, agreed: Agreed, around: Surroundings, cell: Any) -> None:
    text = row.said.get(header, "")
    if not text or field in {LEFT_OUT, REFERENCE} or field in TREATMENT:
        return
    if field == AS_GIVEN or (value := value_of(field, text, cell, agreed.words, around)) is None:
        row.kept_as_given.append(header)
    elif field in {"cause", "event", "consequence"} and row.answers.get(field):
        row.answers[field] += f"\n\n{value}"  # two columns of theirs are one of ours
    else:
        row.answers[field] = value


def _settle(row: Row, by_field: Mapping[str, str], agreed: Agreed) -> None:
    """What one answer alone cannot say: a score needs both its parts, a title its length, a day its time."""
    for field in _out_of_place(row.answers):
        row.answers.pop(field)
        row.kept_as_given.append(by_field[field])
    _settle_title(row, by_field)
    answers = row.answers
    answers.setdefault("category", agreed.category)
    answers.setdefault("kept_by", agreed.kept_by)
    if answers.get("status") not in {"CLOSED", "MATERIALISED"}:
        answers.pop("status", None)  # whether it is open or a draft follows from what it says
    elif not answers.get("closing_reason"):
        answers["closing_reason"] = _("Closed in the register it came from")
    row.keep_as_given(())


def _out_of_place(answers: Mapping[str, Any]) -> list[str]:
    found = []
    for name in ASSESSMENTS:
        made = [part for part in (f"{name}_likelihood", f"{name}_impact") if part in answers]
        found += made if len(made) == 1 else []
    found += [field for field in ("review_due", "target_by") if field in answers and answers[field] < today()]
    found += [field for field in ("identified_on",) if field in answers and answers[field] > today()]
    return found


def _settle_title(row: Row, by_field: Mapping[str, str]) -> None:
    title = row.answers.get("title") or " ".join((row.answers.get("event") or row.key).split())
    if len(title) > _LONGEST_TITLE:
        if header := by_field.get("title"):
            row.kept_as_given.append(header)
        title = title[: _LONGEST_TITLE - 1].rstrip() + "…"
    row.answers["title"] = title
