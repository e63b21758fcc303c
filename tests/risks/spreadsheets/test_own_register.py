"""The register leaves as a workbook, somebody edits it, and it comes back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risks.models import Mitigation, RegisterImport, Risk
from risks.trail import score_trail
from tests.cast import Cast
from tests.factories import make_mitigation, make_risk
from tests.risks.spreadsheets.files import Copy, apply, bring, counts, exported, look, nothing_but
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.unseen import without_unseen

REASON = "Reason for the change"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    make_mitigation(leads_risk, text="=Sign the lease", department=cast.mhclg)
    return cast


def test_a_register_that_nobody_edited_comes_back_unchanged(register: Cast) -> None:
    brought = look(bring(register, exported(register)))
    assert (brought.shape, brought.state, counts(brought)) == ("OWN", "READY", nothing_but(left=3))
    with pytest.raises(RuleBroken, match="would change nothing"):
        apply(brought)


def test_the_csv_of_the_list_comes_back_unchanged_too(register: Cast) -> None:
    from tests.cast import client_of

    page = client_of(register.manager).get("/programmes/RS-001/risks/?format=csv&status=ALL")
    data = b"".join(page.streaming_content)
    assert counts(look(bring(register, data, "risks.csv"))) == nothing_but(left=3)


hard = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=60) | st.sampled_from(
    ["=1+1", "'+44", "''", "\n- a\n- b", "🏚️" * 30, "@x\r\ny", "_x0041_", "#N/A", "x" * 40_000, "12", "TRUE", "1/2/26"]
)
hard = hard.map(without_unseen)  # forms take no other


@given(hard, hard)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_typed_into_a_risk_the_round_trip_changes_nothing(cast: Cast, one: str, other: str) -> None:
    make_risk(
        cast.programme, cast.mhclg, cast.manager, cause=one, event=other, consequence=one + other,
        title=(" ".join(other.split()) or "A title")[:100],
    )  # fmt: skip
    brought = look(bring(cast, exported(cast)))
    assert brought.plan["counts"]["changed"] == 0, brought.plan["changed"]
    assert brought.plan["faults"] == []


def test_an_edited_copy_is_shown_field_by_field_and_then_applied_with_its_reasons(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Title"] = "Places run out by Christmas"
    copy["R-0001", "Next review due"] = "1 January 2099"
    copy["R-0002", "Residual impact"] = 5
    copy["R-0002", REASON] = "Two offices closed."
    brought = look(bring(register, copy.data))
    assert counts(brought) == nothing_but(changed=2, left=1)
    first, second = brought.plan["changed"]
    assert first["differences"] == [
        ["Title", "Places run out", "Places run out by Christmas"],
        ["Next review due", f"{Risk.objects.get(reference='R-0001').review_due:%-d %B %Y}", "1 January 2099"],
    ]
    assert (second["reference"], second["reason"]) == ("R-0002", "Two offices closed.")
    brought = apply(brought)
    assert (brought.state, brought.updated_count, brought.unchanged_count) == ("APPLIED", 2, 1)
    changed = Risk.objects.get(reference="R-0002")
    assert (changed.residual_score, changed.residual_on) == (15, today())
    step = score_trail(changed)[0]
    assert (step.reason, step.by, step.scores["residual"].value) == ("Two offices closed.", register.manager.name, 15)
    assert Risk.objects.get(reference="R-0001").title == "Places run out by Christmas"
    assert Risk.objects.get(reference="R-0003").history.count() == 1


def test_a_score_is_not_changed_without_a_reason(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Residual likelihood"] = 5
    brought = look(bring(register, copy.data))
    assert brought.state == "FAULTY"
    assert brought.plan["faults"] == [
        ["Risks", copy.address("R-0001", REASON),
         "is empty, but the row changes a score. Say what has changed, or what you looked at"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Title", None, "must not be empty"),
        ("Title", "x" * 151, "is longer than 150 characters"),
        ("Category", "Weather", "is not one of: Strategy, Governance"),
        ("Kept by", "Department for Transport", "is not a department that has joined"),
        ("Owner’s email address", "outsider@dft.example", "is not one person with a role"),
        ("Residual impact", 6, "is not a level from 1 to 5"),
        ("Residual impact", "soon", "is not a level from 1 to 5"),
        ("Residual impact", None, "Give both the likelihood and the impact"),
        ("Next review due", "31/02/2027", "is not a date"),
        ("Next review due", dt.date(2001, 1, 1), "must be today or later"),
        ("Identified on", dt.date(2199, 1, 1), "must be today or earlier"),
        ("Cause", None, "An open risk needs its cause"),
        ("Status", "Draft", "cannot become “Draft” here"),
        ("Status", "Closed", "is empty, but the row closes the risk"),
        ("Programme", "RS-999", "is the reference of another programme"),
    ],
)
def test_what_is_wrong_is_named_by_sheet_and_cell(register: Cast, column: str, value: object, words: str) -> None:
    copy = Copy(exported(register))
    copy["R-0001", column] = value
    brought = look(bring(register, copy.data))
    assert brought.state == "FAULTY"
    where = copy.address("R-0001", column if words[:2] != "is" or "empty" not in words else "Why it was closed")
    assert [fault[:2] for fault in brought.plan["faults"] if words in fault[2]] == [["Risks", where]]
    with pytest.raises(RuleBroken, match="is not ready"):
        apply(brought)
    assert Risk.objects.get(reference="R-0001").history.count() == 1


def test_rows_are_added_as_drafts_or_open_by_what_they_say(register: Cast) -> None:
    copy = Copy(exported(register))
    copy.add(Risk="new 1", Title="'=A draft", Category="People", Kept_by="DWP")
    row = copy.add(
        Title="A whole one", Category="Legal", Kept_by="MHCLG", Cause="c", Event="e", Consequence="d",
        Response="Treat", Inherent_likelihood=5, Inherent_impact=4, Residual_likelihood="high", Residual_impact=3,
    )  # fmt: skip
    copy.sheet.cell(row, copy.columns["Owner’s email address"]).value = "Manager@MHCLG.example"
    copy.use("Mitigations", "Risk").add(Risk="new 1", What_will_be_done="Ask around", Due="3 December 2099")
    copy.sheet.cell(copy.sheet.max_row, copy.columns["Owner"]).value = register.manager.name
    copy.sheet.cell(copy.sheet.max_row, copy.columns["Department that does it"]).value = "DWP"
    brought = apply(look(bring(register, copy.data)))
    assert (brought.created_count, brought.unchanged_count) == (2, 3)
    draft, whole = Risk.objects.filter(reference__in=["R-0004", "R-0005"]).order_by("reference")
    assert (draft.title, draft.status, draft.kept_by) == ("=A draft", "DRAFT", register.dwp)
    assert (whole.status, whole.residual_score, whole.owner) == ("OPEN", 12, register.manager)
    assert whole.review_due is not None
    assert whole.history.get().history_change_reason == "Brought in from register.xlsx"
    assert draft.mitigations.get().text == "Ask around"
    again = look(bring(register, exported(register)))
    assert counts(again) == nothing_but(left=5)


def test_a_partner_changes_by_file_only_what_their_own_department_keeps(register: Cast) -> None:
    copy = Copy(exported(register, register.contributor))
    assert "R-0003" not in [cell.value for cell in copy.sheet["B"]]  # it is marked, and they do not see it
    copy["R-0001", "Title"] = "Not theirs"
    copy["R-0002", "Title"] = "Theirs"
    brought = look(bring(register, copy.data, by=register.contributor))
    assert brought.plan["faults"] == [
        ["Risks", copy.address("R-0001", "Title"), "changes a risk that another department keeps"]
    ]
    copy["R-0001", "Title"] = "Places run out"
    copy.add(Risk="R-0003", Title="Guess", Category="People", Kept_by="DWP")
    with pytest.raises(RuleBroken, match="so it was not kept"):
        bring(register, copy.data, by=register.contributor)
    copy.sheet.delete_rows(copy.sheet.max_row)
    copy.add(Risk="R-0099", Title="Guess", Category="People", Kept_by="DWP")
    brought = look(bring(register, copy.data, by=register.contributor))
    assert any("is not a risk of this register that you can see" in fault[2] for fault in brought.plan["faults"])
    copy.sheet.delete_rows(copy.sheet.max_row)
    assert apply(look(bring(register, copy.data, by=register.contributor))).updated_count == 1
    with pytest.raises(PermissionDenied):
        bring(register, copy.data, by=register.viewer)


def test_a_file_that_speaks_of_a_sensitive_risk_is_as_sensitive(register: Cast) -> None:
    from xgov.access import rules

    copy = Copy(exported(register))
    copy["R-0003", "Title"] = "A supplier may collapse"
    brought = look(bring(register, copy.data))
    assert brought.marking == "OFFICIAL_SENSITIVE"
    assert not RegisterImport.objects.visible_to(register.contributor).exists()
    assert rules.can(register.sro, "view", brought)
    copy["R-0003", "Title"] = "A supplier is close to collapse"
    assert look(bring(register, copy.data)).marking == "OFFICIAL_SENSITIVE"  # it holds the risk all the same


def test_a_risk_is_closed_by_file_with_the_reason_and_its_mitigations_are_changed(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0002", "Status"] = "Closed"
    copy["R-0002", "Why it was closed"] = "The rules were changed."
    number = Mitigation.objects.get().pk
    copy.use("Mitigations", "Number")
    copy[number, "Status"] = "Done"
    copy[number, "Due"] = "4 March 2099"
    brought = look(bring(register, copy.data))
    assert counts(brought) == nothing_but(changed=1, left=2, steps=2, closed=1)
    brought = apply(brought)
    assert (brought.closed_count, brought.updated_count) == (1, 0)
    closed = Risk.objects.get(reference="R-0002")
    assert (closed.status, closed.closed_by, closed.closing_reason) == (
        "CLOSED", register.manager, "The rules were changed.",
    )  # fmt: skip
    mitigation = Mitigation.objects.get()
    assert (mitigation.status, mitigation.due, mitigation.text) == ("DONE", dt.date(2099, 3, 4), "=Sign the lease")


def test_a_broken_rule_of_a_mitigation_is_told_in_the_preview_and_nothing_stays(register: Cast) -> None:
    copy = Copy(exported(register)).use("Mitigations", "Number")
    copy.add(Risk="R-0001", What_will_be_done="Too late", Due="3 December 2001", Owner=register.manager.name)
    copy.sheet.cell(copy.sheet.max_row, copy.columns["Department that does it"]).value = "MHCLG"
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == [["Mitigations", "G3", "The date must be today or later"]]
    assert Mitigation.objects.count() == 1


def test_the_file_is_kept_with_its_fingerprint_whatever_becomes_of_it(register: Cast) -> None:
    import hashlib

    from risks.actions import imports

    data = exported(register)
    brought = look(bring(register, data))
    imports.put_aside(brought, by=register.manager)
    brought.refresh_from_db()
    assert (brought.state, brought.sha256) == ("PUT_ASIDE", hashlib.sha256(data).hexdigest())
    assert brought.file.open().read() == data
    with pytest.raises(RuleBroken, match="has been dealt with"):
        imports.look(brought, by=register.manager)


def test_the_register_of_another_programme_is_refused(register: Cast) -> None:
    from tests.factories import make_programme

    data = exported(register)
    register.programme = make_programme(register.mhclg, reference="RS-777")
    brought = bring(register, data)
    with pytest.raises(RuleBroken, match="is the register of RS-001 and not of this programme"):
        look(brought)


def test_what_a_risk_bears_on_is_changed_by_file_too(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Affected departments"] = "DWP; Ministry of Justice"
    copy["R-0001", "Objectives"] = "Nobody sleeps rough; Beds for all"
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == []
    assert [each[0] for each in brought.plan["changed"][0]["differences"]] == ["Affected departments", "Objectives"]
    apply(brought)
    risk = Risk.objects.get(reference="R-0001")
    assert {row.department for row in risk.affected_departments.current()} == {register.dwp, register.moj}
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=3)
    copy["R-0001", "Affected departments"] = "Transport"
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"][0][2] == "“Transport” has not joined this programme"


def test_what_nobody_could_choose_any_more_may_stay(register: Cast) -> None:
    from tests.factories import make_person
    from tests.risks.spreadsheets.files import signed_by_nobody

    left = make_person("gone@dft.example", "Gina Gone", register.dft)
    risk = Risk.objects.get(reference="R-0001")
    risk.owner, risk.kept_by = left, register.dft
    with signed_by_nobody():
        risk.save()
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=3)


def test_a_sensitive_risk_is_given_to_somebody_who_sees_it(register: Cast) -> None:
    copy = Copy(exported(register))
    copy["R-0003", "Owner’s email address"] = register.contributor.email
    copy["R-0003", "Owner"] = None
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == [
        ["Risks", copy.address("R-0003", "Owner’s email address"),
         "is somebody who may not see sensitive records, so cannot own one"],
    ]  # fmt: skip


@pytest.mark.parametrize("slip", ["r-0009", "R-1_000", "R 0002"])
def test_a_slip_in_a_reference_adds_no_second_risk(register: Cast, slip: str) -> None:
    copy = Copy(exported(register))
    copy.add(Risk=slip, Title="The same once more", Category="People", Kept_by="DWP")
    brought = look(bring(register, copy.data))
    assert any("is not a reference like R-0001" in fault[2] for fault in brought.plan["faults"])
