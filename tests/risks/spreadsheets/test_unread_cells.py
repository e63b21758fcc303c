"""What is typed into a copy of our register where nothing is read is named before anything is applied."""

import pytest

from risks.actions import rescore_risk
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.risks.spreadsheets.files import Copy, bring, counts, csv_of, exported, look, nothing_but


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> Cast:
    return cast


def notes_on(register: Cast, data: bytes, name: str = "register.xlsx") -> list[str]:
    return look(bring(register, data, name)).plan["notes"]


def test_a_copy_that_nobody_has_touched_has_nothing_to_say(register: Cast) -> None:
    assert notes_on(register, exported(register)) == []


def test_changes_in_a_column_that_is_worked_out_are_named_by_sheet_and_cell(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Residual score"], copy["R-0002", "Residual score"] = 1, 25
    copy["R-0001", "Escalated to"] = "SRO"
    cells = [copy.address(reference, "Residual score") for reference in ("R-0001", "R-0002")]
    escalated = copy.address("R-0001", "Escalated to")
    brought = look(bring(register, copy.data))
    assert brought.plan["notes"] == [
        f"Column “Residual score” is worked out by xgov: 2 changed cells are not read: "
        f"Risks!{cells[0]}, Risks!{cells[1]}.",
        f"Column “Escalated to” is worked out by xgov: 1 changed cell is not read: Risks!{escalated}.",
    ]
    assert counts(brought) == nothing_but(left=2)
    assert (
        "2 changed cells are not read" in client_of(register.manager).get(brought.get_absolute_url()).content.decode()
    )


def test_a_score_typed_beside_the_level_that_it_follows_from_is_not_complained_of(register: Cast) -> None:
    copy = Copy(exported(register))
    risk = Risk.objects.get(reference="R-0001")
    copy["R-0001", "Residual likelihood"], copy["R-0001", "Residual score"] = 1, risk.residual_impact
    copy["R-0001", "Reason for the change"] = "Two offices closed."
    assert all("Residual score”" not in note for note in notes_on(register, copy.data))


def test_what_the_register_worked_out_anew_since_the_copy_is_not_taken_for_an_edit(register: Cast) -> None:
    data = exported(register)
    rescore_risk(Risk.objects.get(reference="R-0001"), by=register.manager, reason="Worse.", residual=(5, 5))
    assert notes_on(register, data) == []


def test_columns_and_sheets_of_somebodys_own_are_named(register: Cast) -> None:
    copy = Copy(exported(register))
    last = copy.sheet.max_column + 1
    for row, words in enumerate(("Band", "Red", "Amber"), start=1):
        copy.sheet.cell(row, last).value = words
    copy.book.create_sheet("Notes")["A1"] = "Ask Maya"
    letter = copy.sheet.cell(1, last).column_letter
    assert notes_on(register, copy.data) == [
        f"Column “Band” is none of the register’s: 2 cells are not read: Risks!{letter}2, Risks!{letter}3.",
        "The sheet “Notes” is none of the register’s, and is not read.",
    ]


def test_a_new_row_may_leave_what_is_worked_out_empty(register: Cast) -> None:
    copy = Copy(exported(register))
    copy.add(Title="Bridge closed", Category="Legal", Kept_by=register.mhclg.name)
    assert notes_on(register, copy.data) == []


def test_a_csv_download_is_told_by_its_cells_alone(register: Cast) -> None:
    rows = [[cell.value for cell in row] for row in Copy(exported(register)).sheet.iter_rows()]
    place = rows[0].index("Residual score")
    rows[1][place] = 1
    notes = notes_on(register, csv_of(rows), "risks.csv")
    assert any("“Residual score” is worked out by xgov: 1 changed cell is not read: " in note for note in notes)
