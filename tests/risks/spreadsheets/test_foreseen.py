"""Before a spreadsheet is applied its page says which risks would escalate by themselves, and which would return."""

import datetime as dt

import pytest

from risks.actions import rescore_risk
from risks.escalation_levels import LEVELS
from risks.models import Escalation, Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite
from tests.risks.spreadsheets.files import Copy, apply, bring, exported, look
from xgov.notices.models import Notice

REASON = "Reason for the change"
SRO = "Senior responsible owner (SRO)"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> Cast:
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    return cast


def waiting(risk: str) -> str:
    """The levels that are asked about the risk, as its page says them."""
    found = Escalation.objects.live().filter(risk__reference=risk).values_list("to_level", flat=True)
    return ", ".join(str(level.label) for key, level in LEVELS.items() if key in found)


def test_what_is_foreseen_of_changed_and_added_risks_is_what_happens(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0002", "Residual likelihood"] = 4
    copy["R-0002", "Residual impact"] = 4
    copy["R-0002", REASON] = "Two shelters closed"
    row = copy.sheet.max_row + 1
    for cell in copy.sheet[copy.row("R-0001")]:
        copy.sheet.cell(row, cell.column).value = cell.value
    for column, value in {
        "Risk": None, "Title": "The last hostel closes", "Inherent likelihood": 5, "Inherent impact": 5,
        "Residual likelihood": 5, "Residual impact": 5,
    }.items():  # fmt: skip
        copy.sheet.cell(row, copy.columns[column]).value = value
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == []
    assert brought.plan["counts"]["escalating"] == 2
    changed, added = brought.plan["changed"][0]["escalates_to"], brought.plan["added"][0]["escalates_to"]
    assert (changed, added) == (SRO, f"{SRO}, Sponsor group")
    assert (waiting("R-0002"), Notice.objects.count()) == ("", 0)
    page = client_of(register.manager).get(brought.get_absolute_url()).content.decode()
    assert "Would escalate by themselves" in page
    assert f"Would escalate to: {SRO}, Sponsor group" in page
    apply(brought)
    assert (waiting("R-0002"), waiting("R-0003")) == (changed, added)


def test_a_score_that_falls_is_foreseen_to_return(register: Cast, partners_risk: Risk) -> None:
    rescore_risk(partners_risk, by=register.contributor, reason="Two shelters closed", residual=(4, 4))
    copy = Copy(exported(register))
    copy["R-0002", "Residual likelihood"] = 1
    copy["R-0002", REASON] = "The shelters are open again"
    brought = look(bring(register, copy.data))
    change = brought.plan["changed"][0]
    assert (change["escalates_to"], change["returns_from"]) == ("", SRO)
    assert waiting("R-0002") == SRO
    apply(brought)
    assert waiting("R-0002") == ""


def test_the_appetite_of_a_department_that_the_file_says_is_affected_counts(register: Cast, leads_risk: Risk) -> None:
    make_appetite(register.programme, limit=2, tolerance_score=3, department=register.dwp)
    copy = Copy(exported(register))
    copy["R-0001", "Affected departments"] = register.dwp.name
    brought = look(bring(register, copy.data))
    assert [each["escalates_to"] for each in brought.plan["changed"]] == [f"{SRO}, Sponsor group"]
    assert waiting("R-0001") == ""
    apply(brought)
    assert waiting("R-0001") == f"{SRO}, Sponsor group"


def test_a_risk_that_stays_within_its_appetite_is_foreseen_to_stay(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Title"] = "Places run out by Christmas"
    copy["R-0001", "Next review due"] = dt.date(2099, 1, 1)
    brought = look(bring(register, copy.data))
    assert (brought.plan["counts"]["escalating"], brought.plan["changed"][0]["escalates_to"]) == (0, "")
    assert (
        "escalate"
        not in client_of(register.manager).get(brought.get_absolute_url()).content.decode().partition("<h1")[2]
    )


def test_a_risk_that_comes_in_closed_asks_nobody(register: Cast) -> None:
    copy = Copy(exported(register))
    row = copy.sheet.max_row + 1
    for cell in copy.sheet[copy.row("R-0001")]:
        copy.sheet.cell(row, cell.column).value = cell.value
    for column, value in {
        "Risk": None, "Title": "The last hostel closed", "Inherent likelihood": 5, "Inherent impact": 5,
        "Residual likelihood": 5, "Residual impact": 5, "Status": "Closed", "Why it was closed": "It is over",
    }.items():  # fmt: skip
        copy.sheet.cell(row, copy.columns[column]).value = value
    brought = look(bring(register, copy.data))
    assert (brought.plan["faults"], brought.plan["counts"]["escalating"]) == ([], 0)
    apply(brought)
    assert Risk.objects.get(title="The last hostel closed").status == "CLOSED"
    assert not Escalation.objects.exists()
    assert not Notice.objects.exists()
