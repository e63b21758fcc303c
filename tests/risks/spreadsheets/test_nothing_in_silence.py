"""What a file says and the register cannot take is named by its cell, and is not passed over."""

import datetime as dt

import pytest
from openpyxl import Workbook

from risks.actions import bringing, close_risk, matching
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from tests.cast import Cast
from tests.risks.spreadsheets.files import LETTERS, Copy, apply, bring, counts, exported, look, nothing_but, xlsx_of
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

FORMULA = "is a formula whose result the file does not hold: open it in a spreadsheet program and save it again"
UNREADABLE_DAY = "is not a date, like 22 November 2026"
IN_FUTURE = "must be today or earlier"
CLOSES_NOTHING = "is given, but the row does not close the risk"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> Cast:
    return cast


@pytest.mark.parametrize("column", ["Title", "Cause", "Residual impact", "Objectives", "Closed at"])
def test_a_formula_without_its_result_is_named_and_empties_nothing(register: Cast, column: str) -> None:
    copy = Copy(exported(register))
    copy["R-0001", column] = "=1+1"
    brought = look(bring(register, copy.data))
    assert brought.state == "FAULTY"
    assert ["Risks", copy.address("R-0001", column), FORMULA] in brought.plan["faults"]
    assert brought.plan["changed"] == [], "nobody is told that it would be emptied"


def test_errors_are_told_from_the_first_sheet_and_row_on(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0002", "Title"], copy["R-0001", "Closed at"], copy["R-0001", "Title"] = "=A1", "tbc", None
    places = [copy.address("R-0001", "Title"), copy.address("R-0001", "Closed at"), copy.address("R-0002", "Title")]
    copy.use("Mitigations", "Risk").add(Risk="R-0099")
    faults = look(bring(register, copy.data)).plan["faults"]
    assert [fault[:2] for fault in faults] == [*(["Risks", place] for place in places), ["Mitigations", "A2"]]


def test_a_formula_in_a_column_that_follows_from_others_stops_nobody(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Residual score"] = "=S2*T2"
    assert counts(look(bring(register, copy.data))) == nothing_but(left=2)


def matched(cast: Cast, data: bytes, **columns: str) -> list[list[str]]:
    brought = bring(cast, data, "log.xlsx")
    outline = bringing.outline_of(brought)
    agreed = {**guesses.columns(outline), **columns}
    words = guesses.words(outline, agreed, Surroundings(cast.programme))
    matching.match_columns(
        brought, by=cast.manager, columns=agreed, words=words, category="LEGAL", kept_by=cast.mhclg
    )  # fmt: skip
    brought.refresh_from_db()
    return look(brought).plan["faults"]


def test_a_formula_in_a_register_of_another_shape_is_named_unless_its_column_is_left_out(cast: Cast) -> None:
    def calculate(book: Workbook) -> None:
        book.active["G2"] = '=E2&"*"'

    data = xlsx_of(LETTERS, calculate)
    assert matched(cast, data) == [["Sheet", "G2", FORMULA]]
    assert matched(cast, data, **{"Current risk rating": "left_out"}) == []


def test_a_column_whose_name_is_a_formula_is_refused_in_a_sentence(cast: Cast) -> None:
    def calculate(book: Workbook) -> None:
        book.active["C1"] = '="Descr"&"iption"'

    with pytest.raises(RuleBroken, match=r"log\.xlsx, sheet “Sheet”: cell C1 is a formula whose result"):
        bring(cast, xlsx_of(LETTERS, calculate), "log.xlsx")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("31/02/2026", UNREADABLE_DAY),
        ("tbc", UNREADABLE_DAY),
        (dt.date(2199, 1, 1), IN_FUTURE),
        (dt.date(2026, 2, 1), CLOSES_NOTHING),
        (dt.date(1999, 1, 1), "is before the day on which the risk was identified"),
    ],
)
def test_a_day_of_closing_that_cannot_be_is_named(register: Cast, value: object, words: str) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Identified on"] = dt.date(2020, 1, 1)
    copy["R-0001", "Closed at"] = value
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == [["Risks", copy.address("R-0001", "Closed at"), words]]


def test_the_day_on_which_a_risk_was_closed_is_not_changed_by_file(register: Cast) -> None:
    close_risk(Risk.objects.get(reference="R-0001"), by=register.manager, reason="Enough beds.")
    copy = Copy(exported(register))
    assert counts(look(bring(register, copy.data))) == nothing_but(left=2)
    copy["R-0001", "Closed at"] = today() - dt.timedelta(days=1)
    copy["R-0001", "Identified on"] = dt.date(2020, 1, 1)
    words = [fault[2] for fault in look(bring(register, copy.data)).plan["faults"]]
    assert "cannot be changed: the register keeps the day on which the risk was closed" in words


def test_the_day_that_a_file_gives_for_a_risk_it_closes_is_kept_with_the_reason(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0002", "Status"] = "Closed"
    copy["R-0002", "Identified on"] = dt.date(2020, 1, 1)
    copy["R-0002", "Closed at"] = "3 February 2026"
    copy["R-0002", "Why it was closed"] = "The rules were changed."
    apply(look(bring(register, copy.data)))
    closed = Risk.objects.get(reference="R-0002")
    assert closed.closing_reason == "The rules were changed. (Closed on 3 February 2026, as the file says.)"
    assert closed.closed_at.date() == today()
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=2)


def test_a_new_risk_with_a_day_of_closing_and_no_such_status_is_named(register: Cast) -> None:
    copy = Copy(exported(register))
    row = copy.add(Title="Long over", Category="People", Kept_by="MHCLG", Closed_at="3 February 2026")
    faults = look(bring(register, copy.data)).plan["faults"]
    where = copy.sheet.cell(row, copy.columns["Closed at"]).coordinate
    assert ["Risks", where, CLOSES_NOTHING] in faults


@pytest.mark.parametrize("column", ["What will be done", "Due", "Risk"])
def test_an_empty_formula_is_named_once_on_the_sheets_beside(register: Cast, column: str) -> None:
    copy = Copy(exported(register))
    copy.use("Mitigations", "Risk").add(
        Risk="R-0001", What_will_be_done="Ask Maya", Due="1 June 2030", Owner=register.manager.name
    )
    cell = copy.sheet.cell(2, copy.columns[column])
    cell.value = "=1+1"
    assert look(bring(register, copy.data)).plan["faults"] == [["Mitigations", cell.coordinate, FORMULA]]


def test_an_empty_formula_for_a_title_is_named_once(register: Cast) -> None:
    copy = Copy(exported(register))
    row = copy.add(Title="=1+1", Category="Legal", Kept_by=register.mhclg.name)
    cell = copy.sheet.cell(row, copy.columns["Title"]).coordinate
    assert look(bring(register, copy.data)).plan["faults"] == [["Risks", cell, FORMULA]]
