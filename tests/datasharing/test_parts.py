"""What a department may say about its own part in a flow, and about nobody else's."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from datasharing import actions
from datasharing.before_live import warnings_about
from datasharing.law.bases import BASES
from datasharing.models import DataFlow
from tests.cast import Cast
from tests.factories.datasharing import A_WHOLE_PART, make_dataset, make_flow, make_part, make_whole_flow
from xgov.records.errors import ChangedMeanwhile, RuleBroken


@pytest.fixture
def flow(cast: Cast) -> DataFlow:
    return make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)


def test_there_are_seven_lawful_bases_and_two_grounds_of_law_enforcement() -> None:
    assert [basis.code for basis in BASES if basis.regime == "UK_GDPR_PART2"] == [
        "6_1_A", "6_1_B", "6_1_C", "6_1_D", "6_1_E", "6_1_EA", "6_1_F",
    ]  # fmt: skip
    assert sum(basis.regime == "DPA_PART3_LE" for basis in BASES) == 2


def test_a_partner_says_what_its_own_department_is_in_the_flow(cast: Cast, flow: DataFlow) -> None:
    part = actions.add_part(flow, by=cast.contributor, department=cast.dwp, **A_WHOLE_PART)
    assert part.decides
    changed = actions.change_part(part, by=cast.contributor, contact="dpo@dwp.example")
    assert (changed.contact, changed.history.count()) == ("dpo@dwp.example", 2)


def test_a_partner_says_nothing_for_another_department(cast: Cast, flow: DataFlow) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_part(flow, by=cast.contributor, department=cast.mhclg)
    with pytest.raises(PermissionDenied):
        actions.change_part(make_part(flow, cast.mhclg), by=cast.contributor, contact="x@dwp.example")


def test_a_part_cannot_be_handed_to_another_department(cast: Cast, flow: DataFlow) -> None:
    part = actions.change_part(make_part(flow, cast.dwp), by=cast.contributor, department=cast.mhclg)
    assert part.department == cast.dwp


def test_a_department_outside_the_programme_has_no_part(cast: Cast, flow: DataFlow) -> None:
    with pytest.raises(RuleBroken, match="takes no part"):
        actions.add_part(flow, by=cast.manager, department=cast.dft)


def test_a_department_has_one_part_in_a_flow(cast: Cast, flow: DataFlow) -> None:
    make_part(flow, cast.dwp)
    with pytest.raises(RuleBroken, match="already has a part"):
        actions.add_part(flow, by=cast.contributor, department=cast.dwp)


@pytest.mark.parametrize("basis", ["6_1_EA", "6_1_F"])
def test_a_public_authority_may_rely_on_a_legitimate_interest_only_with_an_officers_reason(
    cast: Cast, flow: DataFlow, basis: str
) -> None:
    answers = {
        **A_WHOLE_PART, "lawful_basis": basis, "basis_from": date(2026, 3, 1), "recognised_interest": "SAFEGUARDING",
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="public authority cannot use this basis") as refused:
        actions.add_part(flow, by=cast.contributor, department=cast.dwp, **answers)
    assert refused.value.field == "officer_name"
    with pytest.raises(RuleBroken, match="officer's reason") as refused:
        actions.add_part(flow, by=cast.contributor, department=cast.dwp, officer_name="Dora", **answers)
    assert refused.value.field == "officer_reason"
    actions.add_part(
        flow, by=cast.contributor, department=cast.dwp, officer_name="Dora Protection",
        officer_reason="It concerns the canteen, not a task in law.", **answers,
    )  # fmt: skip
    assert any("Dora Protection" in words for words in warnings_about(flow))


@pytest.mark.parametrize("relied_on_from", [None, date(2026, 2, 4)])
def test_recognised_legitimate_interest_did_not_exist_before_5_february_2026(
    cast: Cast, flow: DataFlow, relied_on_from: date | None
) -> None:
    answers = {"lawful_basis": "6_1_EA", "recognised_interest": "CRIME", "officer_name": "D", "officer_reason": "r"}
    with pytest.raises(RuleBroken, match="from 5 February 2026") as refused:
        actions.add_part(flow, by=cast.contributor, department=cast.dwp, basis_from=relied_on_from, **answers)
    assert refused.value.field == "basis_from"
    assert actions.add_part(
        flow, by=cast.contributor, department=cast.dwp, basis_from=date(2026, 2, 5), **answers
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"lawful_basis": "LE_TASK"}, "lawful_basis"),
        ({"regime": "DPA_PART3_LE", "lawful_basis": "6_1_E"}, "lawful_basis"),
        ({"regime": "NON_PERSONAL", "lawful_basis": "6_1_E"}, "lawful_basis"),
        ({"power": "NONE_NON_PERSONAL"}, "power"),
        ({"special_condition": "LE_8_1"}, "special_condition"),
        (
            {"lawful_basis": "6_1_EA", "basis_from": date(2026, 3, 1), "officer_name": "D", "officer_reason": "r"},
            "recognised_interest",
        ),
    ],
)
def test_answers_that_contradict_each_other_are_refused(cast: Cast, flow: DataFlow, answers: dict, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        actions.add_part(flow, by=cast.contributor, department=cast.dwp, **answers)
    assert refused.value.field == field


def test_a_lawful_basis_is_swapped_only_for_a_reason(cast: Cast) -> None:
    flow = make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    part = flow.controllers.get(department=cast.dwp)
    swap = {"lawful_basis": "6_1_C", "basis_provision": "Welfare Reform Act 2012, section 131"}
    with pytest.raises(RuleBroken, match="Say why the lawful basis changes"):
        actions.change_part(part, by=cast.contributor, **swap)
    changed = actions.change_part(part, by=cast.contributor, reason="Counsel's advice; notice updated.", **swap)
    assert changed.history.first().history_change_reason == "Counsel's advice; notice updated."


def test_two_people_at_one_part_the_second_is_told_who_changed_what(cast: Cast, flow: DataFlow) -> None:
    part = make_part(flow, cast.dwp)
    seen = part.lock_version
    actions.change_part(part, by=cast.manager, seen_version=seen, contact="first@dwp.example")
    with pytest.raises(ChangedMeanwhile) as clash:
        actions.change_part(part, by=cast.contributor, seen_version=seen, contact="second@dwp.example")
    assert (clash.value.by, clash.value.after.contact) == (cast.manager.name, "first@dwp.example")
