"""Mitigations, controls and links leave with the register and come back: added, changed, or left as they are."""

import datetime as dt

import pytest

from risks.actions import change_mitigation, check_control, link_risks, share_upwards, unlink_risks
from risks.models import Control, Mitigation, Risk, RiskLink
from tests.cast import Cast
from tests.factories import make_control, make_mitigation, make_programme, make_risk, make_risk_link
from tests.risks.spreadsheets.files import Copy, apply, bring, counts, exported, look, nothing_but
from xgov.records.clock import today

REASON = "Reason for the change"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    make_mitigation(leads_risk, text="Sign the lease", department=cast.mhclg)
    make_control(leads_risk, text="=Count the beds", department=cast.mhclg)
    make_control(partners_risk, text="Check each claim", department=cast.dwp)
    make_risk_link(partners_risk, leads_risk, "CHILD_OF")
    return cast


@pytest.fixture
def copy(register: Cast) -> Copy:
    return Copy(exported(register))


def faults(cast: Cast, copy: Copy, **options) -> list[list[str]]:
    brought = look(bring(cast, copy.data, **options))
    assert brought.state == "FAULTY"
    return brought.plan["faults"]


def test_controls_and_links_leave_with_the_register_and_come_back_unchanged(register: Cast, copy: Copy) -> None:
    assert copy.book.sheetnames[:4] == ["Risks", "Mitigations", "Controls", "Links"]
    control = copy.use("Controls", "Number")
    number = Control.objects.get(text="=Count the beds").pk
    assert (control[number, "Control"], control[number, "Line of assurance"]) == ("'=Count the beds", "First line")
    link = copy.use("Links", "Risk")
    assert (link["R-0002", "Kind"], link["R-0002", "Other risk"]) == ("Is part of", "R-0001")
    assert counts(look(bring(register, copy.data))) == nothing_but(left=3)


def test_a_partner_sees_neither_what_stands_against_a_sensitive_risk_nor_a_link_to_it(
    register: Cast, sensitive_risk: Risk, leads_risk: Risk
) -> None:
    make_control(sensitive_risk, text="Only the cleared know")
    make_risk_link(leads_risk, sensitive_risk)
    copy = Copy(exported(register, register.contributor))
    assert "Only the cleared know" not in [cell.value for cell in copy.use("Controls", "Risk").sheet["C"]]
    assert "R-0003" not in [cell.value for cell in copy.use("Links", "Risk").sheet["D"]]


def test_a_link_to_a_risk_of_another_programme_stays_here(register: Cast, leads_risk: Risk) -> None:
    elsewhere = make_risk(make_programme(register.mhclg, reference="RS-002"), register.mhclg, register.manager)
    make_risk_link(leads_risk, elsewhere)
    copy = Copy(exported(register)).use("Links", "Risk")
    assert copy.sheet.max_row == 2
    assert counts(look(bring(register, copy.data))) == nothing_but(left=3)


def test_a_control_is_added_checked_changed_and_ended_by_file(register: Cast, copy: Copy) -> None:
    leads, partners = Control.objects.order_by("text")
    copy.use("Controls", "Number")
    copy[leads.pk, "How well it works"] = "Works in part"
    copy[leads.pk, "Last checked by"] = "Internal audit"
    copy[leads.pk, "Last checked on"] = dt.date(2026, 3, 4)
    copy[leads.pk, "Type"] = "detective"
    copy[leads.pk, "Control"] = "Count the beds twice"
    copy[leads.pk, REASON] = "Audit looked."
    copy[partners.pk, "Status"] = "Ended"
    copy[partners.pk, REASON] = "The rules changed."
    row = copy.add(Risk="R-0001", Control="Call the hostels", Type="Preventive", Status="In place", Owner="")
    for column, value in (
        ("Line of assurance", "Second line"), ("Owner’s email address", register.manager.email),
        ("Department that runs it", "MHCLG"), ("How well it works", "Works"), ("Last checked by", "The board"),
    ):  # fmt: skip
        copy.sheet.cell(row, copy.columns[column]).value = value
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == []
    assert counts(brought) == nothing_but(left=3, steps=4)
    assert [step["words"] for step in brought.plan["steps"]] == [
        "R-0001, changed: =Count the beds", "R-0001, checked: =Count the beds", "R-0002, ended: Check each claim",
        "R-0001, added: Call the hostels",
    ]  # fmt: skip
    assert ["How well it works", "Not checked", "Works in part"] in brought.plan["steps"][1]["differences"]
    apply(brought)
    leads.refresh_from_db()
    assert (leads.text, leads.effectiveness, leads.checked_by) == (
        "Count the beds twice", "PARTLY", "Internal audit",
    )  # fmt: skip
    assert leads.checked_on == dt.date(2026, 3, 4)
    assert leads.history.first().history_change_reason == "Audit looked."
    partners.refresh_from_db()
    assert (partners.status, partners.history.first().history_signer) == ("ENDED", register.manager.name)
    added = Control.objects.get(text="Call the hostels")
    assert (added.line, added.effectiveness, added.checked_on) == ("SECOND", "EFFECTIVE", today())
    assert added.history.first().history_change_reason == "Brought in from register.xlsx"
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=3)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Control", None, "must not be empty"),
        ("Type", "Hopeful", "is not one of: Preventive, Corrective"),
        ("Line of assurance", None, "is not one of: First line"),
        ("Owner’s email address", "outsider@dft.example", "is not one person with a role"),
        ("Department that runs it", "Department for Transport", "is not a department that has joined"),
        ("Last checked on", "soon", "is not a date"),
        ("Last checked by", "Audit", "is given, but the row does not say how well it works"),
        ("Status", "Gone", "is not one of: In place, Ended"),
        ("Risk", "R-0002", "is another risk: a control stays with its own"),
        ("Number", 987654, "is not a control that you can see"),
        ("Type", "=1+1", "is a formula whose result the file does not hold"),
    ],
)
def test_what_is_wrong_with_a_control_is_named_by_sheet_and_cell(
    register: Cast, copy: Copy, column: str, value: object, words: str
) -> None:
    number = Control.objects.get(text="=Count the beds").pk
    where = copy.use("Controls", "Number").address(number, column)
    copy[number, column] = value
    found = faults(register, copy)
    assert [fault[:2] for fault in found if words in fault[2]] == [["Controls", where]]


def test_all_that_the_rules_refuse_is_told_at_once(register: Cast, copy: Copy) -> None:
    leads, partners = Control.objects.order_by("text")
    copy.use("Controls", "Number")
    for control in (leads, partners):
        copy[control.pk, "How well it works"] = "Works"
        copy[control.pk, "Last checked by"] = "Us"
        copy[control.pk, "Last checked on"] = dt.date(2199, 1, 1)
    copy.use("Mitigations", "Number")
    copy[Mitigation.objects.get().pk, "Due"] = "3 December 2001"
    assert [[*fault[:2]] for fault in faults(register, copy)] == [
        ["Mitigations", "G2"], ["Controls", "J2"], ["Controls", "J3"],
    ]  # fmt: skip
    assert not Control.objects.exclude(effectiveness="NOT_CHECKED").exists()


def test_a_partner_changes_by_file_only_the_controls_that_their_department_runs(register: Cast) -> None:
    copy = Copy(exported(register, register.contributor)).use("Controls", "Number")
    leads, partners = Control.objects.order_by("text")
    copy[leads.pk, "Control"] = "Not theirs"
    copy[partners.pk, "Control"] = "Theirs"
    assert faults(register, copy, by=register.contributor) == [
        ["Controls", copy.address(leads.pk, "Control"), "is not yours to change"]
    ]
    copy[leads.pk, "Control"] = "'=Count the beds"
    apply(look(bring(register, copy.data, by=register.contributor)))
    partners.refresh_from_db()
    assert partners.text == "Theirs"


def test_links_are_added_shared_and_ended_by_file(register: Cast, copy: Copy) -> None:
    link = RiskLink.objects.get()
    copy.use("Links", "Number")
    copy[link.pk, "Status"] = "Ended"
    copy.add(Risk="R-0001", Kind="May cause", Other_risk="R-0002")
    copy.use("Risks", "Risk").add(Risk="new 1", Title="A new one", Category="People", Kept_by="MHCLG")
    row = copy.use("Links", "Number").add(Risk="new 1", Kind="Is part of", Other_risk="R-0001")
    copy.sheet.cell(row, copy.columns["Counts in the other risk"]).value = "Yes"
    brought = look(bring(register, copy.data))
    assert brought.plan["faults"] == []
    assert [step["words"] for step in brought.plan["steps"]] == [
        "no longer linked: R-0002 is part of R-0001", "linked: R-0001 may cause R-0002",
        "linked: new 1 is part of R-0001",
    ]  # fmt: skip
    apply(brought)
    assert sorted(map(str, RiskLink.objects.current())) == ["R-0001 may cause R-0002", "R-0004 is part of R-0001"]
    assert RiskLink.objects.shared_upwards().get().risk.title == "A new one"
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=4)


def test_a_link_of_another_kind_ends_the_one_and_begins_the_other(register: Cast, copy: Copy) -> None:
    link = RiskLink.objects.get()
    copy.use("Links", "Number")[link.pk, "Kind"] = "May cause"
    apply(look(bring(register, copy.data)))
    assert [str(each) for each in RiskLink.objects.current()] == ["R-0002 may cause R-0001"]
    link.refresh_from_db()
    assert link.until == today()


def test_only_the_keeper_of_the_part_shares_it_upwards_by_file(register: Cast, copy: Copy) -> None:
    link = RiskLink.objects.get()
    copy.use("Links", "Number")[link.pk, "Counts in the other risk"] = "Yes"
    found = faults(register, copy)
    assert "Only somebody who acts for Department for Work and Pensions" in found[0][2]
    copy = Copy(exported(register, register.contributor)).use("Links", "Number")
    copy[link.pk, "Counts in the other risk"] = "Yes"
    apply(look(bring(register, copy.data, by=register.contributor)))
    assert RiskLink.objects.shared_upwards().get().shared_upwards_by == register.contributor
    copy = Copy(exported(register, register.contributor)).use("Links", "Number")
    copy[link.pk, "Counts in the other risk"] = "No"
    assert "Say why" in faults(register, copy, by=register.contributor)[0][2]
    copy[link.pk, REASON] = "Our minister has not agreed."
    apply(look(bring(register, copy.data, by=register.contributor)))
    assert not RiskLink.objects.shared_upwards().exists()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Kind", "Hates", "is not one of: May cause, Is related to, Is part of"),
        ("Other risk", "R-0099", "is not a risk of this register that you can see"),
        ("Other risk", "R-0002", "This is the same risk"),
        ("Counts in the other risk", "Perhaps", "is not one of: Yes, No"),
    ],
)
def test_what_is_wrong_with_a_link_is_named_by_sheet_and_cell(
    register: Cast, copy: Copy, column: str, value: object, words: str
) -> None:
    number = RiskLink.objects.get().pk
    copy.use("Links", "Number")[number, column] = value
    found = faults(register, copy)
    assert [fault[:2] for fault in found if words in fault[2]] == [["Links", copy.address(number, column)]]


def test_a_row_that_stands_twice_is_named(register: Cast, copy: Copy) -> None:
    number = Control.objects.get(text="=Count the beds").pk
    copy.use("Controls", "Number").add(Risk="R-0001", Number=number, Control="Twice", Type="Detective")
    assert faults(register, copy) == [["Controls", "B4", "stands in row 2 too: each number has one row"]]


def test_a_late_copy_that_nobody_edited_undoes_nothing_beside_the_risks(register: Cast, copy: Copy) -> None:
    change_mitigation(Mitigation.objects.get(), by=register.manager, text="Sign it today")
    control = Control.objects.get(text="=Count the beds")
    check_control(control, by=register.manager, effectiveness="WEAK", checked_by="Audit")
    unlink_risks(RiskLink.objects.get(), by=register.manager)
    assert counts(look(bring(register, copy.data))) == nothing_but(left=3)


def test_a_late_copy_leaves_a_control_that_others_have_changed_unless_told_to(register: Cast, copy: Copy) -> None:
    control = Control.objects.get(text="=Count the beds")
    check_control(control, by=register.sro, effectiveness="WEAK", checked_by="Audit", checked_on=dt.date(2026, 5, 1))
    copy.use("Controls", "Number")[control.pk, "Control"] = "Count them all"
    brought = look(bring(register, copy.data))
    assert counts(brought) == nothing_but(left=3, held_back=1)
    step = brought.plan["steps"][0]
    assert step["meanwhile"]["by"] == register.sro.name
    assert ["How well it works", "Not checked", "Does not work"] in step["meanwhile"]["differences"]
    apply(brought, over_changes=True)
    control.refresh_from_db()
    assert (control.text, control.effectiveness) == ("Count them all", "WEAK")


def test_nothing_is_applied_when_a_control_changed_after_the_preview(register: Cast, copy: Copy) -> None:
    from risks.actions import imports
    from xgov.jobs.running import do_here

    control = Control.objects.get(text="=Count the beds")
    copy["R-0002", "Title"] = "Claims lapse"
    copy.use("Controls", "Number")[control.pk, "Control"] = "Count them all"
    brought = look(bring(register, copy.data))
    job = imports.ask_to_apply(brought, by=register.manager)
    check_control(control, by=register.sro, effectiveness="WEAK", checked_by="Audit")
    do_here(job)
    job.refresh_from_db()
    assert (job.state, Risk.objects.get(reference="R-0002").title) == ("FAILED", "Claims lapse at a move")


def test_a_file_whose_links_alone_name_a_sensitive_risk_is_as_sensitive(
    register: Cast, sensitive_risk: Risk, leads_risk: Risk
) -> None:
    link_risks(leads_risk, sensitive_risk, by=register.manager, kind="RELATED")
    copy = Copy(exported(register))
    copy.sheet.delete_rows(copy.row("R-0003"))
    assert look(bring(register, copy.data)).marking == "OFFICIAL_SENSITIVE"


def test_a_shared_link_comes_back_unchanged(register: Cast) -> None:
    share_upwards(RiskLink.objects.get(), by=register.contributor)
    assert counts(look(bring(register, exported(register)))) == nothing_but(left=3)
