"""Files as people send them, and the steps by which they are brought."""

import csv
import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook

from risks.actions import bringing, imports
from risks.models import RegisterImport, Risk
from risks.register_book import write_register
from tests.cast import Cast
from xgov.accounts.models import User
from xgov.records.acting import acting, system_signer

# In the shape of a log that a ministry published: letters for scores, a star, no owner, dates as words.
LETTERS = [
    ["Risk number", "Title", "Description", "Consequence", "Current likelihood", "Current impact",
     "Current risk rating", "Mitigation", "Residual likelihood", "Residual impact", "Residual risk rating",
     "Risk Owner", "Contingency", "Raised", "Status"],
    ["1", "Ferry timetable challenged", "A likely complaint about the winter ferry timetable",
     "1. Late start\n2. Islanders lose trust", "H", "H", "H*", "1. Keep minutes.\n2. Talk to lawyers early.", "H", "H",
     "H*", "X", "Use what is known already", "15-Jun-10", "Open"],
    ["2", "Complaint upheld", "The complaint about the timetable is upheld", "1. No winter ferries.", "M", "H", "H*",
     "1. Keep minutes.", "M", "H", "H*", "X", "Use what is known already", "15-Jun-10", "Open"],
]  # fmt: skip

# In the shape of a hazard log: words for scores, and a rating that is no product of them.
WORDS = [
    ["id", "title", "initial_likelihood", "initial_consequence", "initial_risk", "residual_likelihood",
     "residual_consequence", "residual_risk", "description", "impact", "causes", "existing_controls"],
    ["HAZ001", "Bed lists differ between towns", "Low", "Significant", "2", "Low", "Significant", "2",
     "Lists may not agree with\nthe national one.", "A person is sent to a full shelter.", "1. Few people.",
     "Checked each Monday."],
    ["HAZ002", "Names are spelt in two ways", "Low", "Significant", "2", "Very Low", "Significant", "1",
     "Two spellings of one name.", "Help goes to nobody.", "Forms in two languages.", "A clerk compares them."],
    ["HAZ003", "The note says another thing than the code", "Medium", "Considerable", "3", "Low", "Considerable", "2",
     "Codes may come without words.", "Wrong help is given.", "Words were left out.", "Both are asked for."],
]  # fmt: skip


def csv_of(rows: list[list[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def xlsx_of(rows: list[list[Any]], change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def exported(cast: Cast, reader: User | None = None) -> bytes:
    reader = reader or cast.manager
    file = io.BytesIO()
    risks = Risk.objects.visible_to(reader).filter(programme=cast.programme)
    write_register(file, cast.programme, risks, reader=reader)
    return file.getvalue()


class Copy:
    """A workbook of the register, opened as in a spreadsheet program: `copy["R-0001", "Title"] = "..."`."""

    def __init__(self, data: bytes, sheet: str = "Risks", key: str = "Risk") -> None:
        self.book = load_workbook(io.BytesIO(data))
        self.use(sheet, key)

    def use(self, sheet: str, key: str) -> "Copy":
        self.sheet = self.book[sheet]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}
        self.key = key
        return self

    def row(self, key: str) -> int:
        for cells in self.sheet.iter_rows(min_row=2):
            if cells[self.columns[self.key] - 1].value == key:
                return cells[0].row
        raise KeyError(key)

    def __getitem__(self, place: tuple[str, str]) -> Any:
        return self.sheet.cell(self.row(place[0]), self.columns[place[1]]).value

    def __setitem__(self, place: tuple[str, str], value: Any) -> None:
        self.sheet.cell(self.row(place[0]), self.columns[place[1]]).value = value

    def address(self, key: str, column: str) -> str:
        return self.sheet.cell(self.row(key), self.columns[column]).coordinate

    def add(self, **cells: Any) -> int:
        row = self.sheet.max_row + 1
        for name, value in cells.items():
            self.sheet.cell(row, self.columns[name.replace("_", " ")]).value = value
        return row

    @property
    def data(self) -> bytes:
        return saved(self.book)


def bring(cast: Cast, data: bytes, name: str = "register.xlsx", by: User | None = None) -> RegisterImport:
    by = by or cast.manager
    return bringing.bring_register(
        cast.programme, by=by, name=name, data=data, kept_by=by.home_department or cast.mhclg
    )


def look(brought: RegisterImport, by: User | None = None) -> RegisterImport:
    imports.look(brought, by=by or brought.brought_by)
    brought.refresh_from_db()
    return brought


def apply(brought: RegisterImport, **options: Any) -> RegisterImport:
    """As the worker does it."""
    job = imports.ask_to_apply(brought, by=brought.brought_by, **options)
    from xgov.jobs.running import do_here

    do_here(job)
    job.refresh_from_db()
    assert job.state == "FINISHED", job.failure
    brought.refresh_from_db()
    return brought


def counts(brought: RegisterImport) -> dict[str, int]:
    """What it would do; `steps` are those of all the sheets beside that of the risks."""
    found = brought.plan["counts"]
    told = {key: found[key] for key in ("added", "changed", "held_back", "left", "faults", "closed")}
    return told | {"steps": sum(number for _sheet, number in found["steps"])}


def nothing_but(**some: int) -> dict[str, int]:
    return {"added": 0, "changed": 0, "held_back": 0, "left": 0, "faults": 0, "steps": 0, "closed": 0, **some}


def signed_by_nobody() -> Any:
    return acting(system_signer("Test"), "Setting the scene")
