"""Datasets, their quality, the plan and the assessments: who may do what, and what is refused."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from datasharing import actions
from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan, FlowController, QualityCheck, Refresh
from tests.cast import Cast
from tests.factories.datasharing import (
    make_assessment,
    make_dataset,
    make_plan,
    make_quality_check,
    make_refresh,
    make_whole_flow,
)
from xgov.records.errors import RuleBroken


def test_a_partner_adds_and_changes_a_dataset_of_its_own_department(cast: Cast) -> None:
    dataset = actions.add_dataset(
        cast.programme, by=cast.contributor, kept_by=cast.dwp, name="Benefit claims", first_due_on=date(2026, 1, 31)
    )  # fmt: skip
    assert (dataset.reference, dataset.next_due_on) == ("DS-0001", date(2026, 1, 31))
    changed = actions.change_dataset(dataset, by=cast.contributor, refresh_cycle="QUARTERLY", grace_days=5)
    assert changed.late_from == date(2026, 2, 6)


def test_a_partner_keeps_no_dataset_of_another_department(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_dataset(cast.programme, by=cast.contributor, kept_by=cast.moj, name="Sentences")
    with pytest.raises(PermissionDenied):
        actions.change_dataset(make_dataset(cast.programme, cast.moj), by=cast.contributor, name="Mine now")
    own = make_dataset(cast.programme, cast.dwp)
    with pytest.raises(PermissionDenied):
        actions.change_dataset(own, by=cast.contributor, kept_by=cast.moj)
    assert actions.change_dataset(own, by=cast.manager, kept_by=cast.moj).kept_by == cast.moj


def test_a_department_that_takes_no_part_provides_no_dataset(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="takes no part") as refused:
        actions.add_dataset(cast.programme, by=cast.manager, kept_by=cast.dft, name="Roads")
    assert refused.value.field == "kept_by"


def test_nobody_hides_a_dataset_from_themselves(cast: Cast) -> None:
    for answers in ({"marking": "OFFICIAL_SENSITIVE"},):
        with pytest.raises(RuleBroken, match="could not see it any more") as refused:
            actions.add_dataset(cast.programme, by=cast.contributor, kept_by=cast.dwp, name="Informants", **answers)
        assert refused.value.field == "marking"
        with pytest.raises(RuleBroken, match="could not see it any more"):
            actions.change_dataset(make_dataset(cast.programme, cast.dwp), by=cast.contributor, **answers)
    assert actions.add_dataset(
        cast.programme, by=cast.manager, kept_by=cast.dwp, name="Informants", marking="OFFICIAL_SENSITIVE"
    )  # fmt: skip


def test_a_dataset_is_withdrawn_only_when_nothing_flows_from_it(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2020, 1, 1))
    flow = make_whole_flow(dataset, cast.mhclg)
    with pytest.raises(RuleBroken, match="End its flows first"):
        actions.withdraw_dataset(dataset, by=cast.contributor, reason="No longer collected.")
    actions.end_flow(flow, by=cast.manager, reason="No longer collected.")
    withdrawn = actions.withdraw_dataset(dataset, by=cast.contributor, reason="No longer collected.")
    assert withdrawn.is_withdrawn
    assert not withdrawn.is_late
    assert not Dataset.objects.late().exists()
    with pytest.raises(RuleBroken, match="has been withdrawn"):
        actions.record_refresh(withdrawn, date(2026, 1, 1), by=cast.contributor)


def test_grace_beyond_a_year_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.add_dataset(cast.programme, by=cast.contributor, kept_by=cast.dwp, name="x", grace_days=366)


@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_the_newest_quality_check_of_a_dimension_counts(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    first = actions.record_quality_check(
        dataset, by=cast.contributor, dimension="ACCURACY", target_percent=95, checked_on=date(2026, 10, 1)
    )  # fmt: skip
    assert first.meets_target is None
    second = actions.record_quality_check(
        dataset, by=cast.contributor, dimension="ACCURACY", target_percent=95, measured_percent=91,
        checked_on=date(2026, 11, 1),
    )  # fmt: skip
    assert second.meets_target is False
    assert QualityCheck.objects.newest_first().first() == second


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"target_percent": 101}, ValidationError),
        ({"target_percent": 95, "measured_percent": -1}, ValidationError),
        ({"target_percent": 95, "checked_on": date(2999, 1, 1)}, RuleBroken),
    ],
)
def test_an_impossible_quality_check_is_refused(cast: Cast, answers: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.record_quality_check(
            make_dataset(cast.programme, cast.dwp), by=cast.contributor, dimension="ACCURACY", **answers
        )  # fmt: skip


# --- what is sensitive -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "ordinary", "sensitive"),
    [
        ("manager", True, True), ("contributor", True, False), ("viewer", True, False), ("sro", True, True),
        ("ao", True, True), ("administrator", False, False), ("auditor", True, True), ("centre", True, False),
        ("platform", False, False), ("outsider", False, False),
    ],
)  # fmt: skip
def test_a_sensitive_dataset_hides_everything_that_hangs_on_it(
    cast: Cast, who: str, ordinary: bool, sensitive: bool
) -> None:
    person = getattr(cast, who)
    for marking, seen in (("OFFICIAL", ordinary), ("OFFICIAL_SENSITIVE", sensitive)):
        dataset = make_dataset(cast.programme, cast.dwp, marking=marking)
        make_refresh(dataset, cast.manager)
        make_quality_check(dataset)
        flow = make_whole_flow(dataset, cast.mhclg)
        found = {
            "dataset": Dataset.objects.visible_to(person).filter(pk=dataset.pk),
            "refresh": Refresh.objects.visible_to(person).filter(dataset=dataset),
            "quality": QualityCheck.objects.visible_to(person).filter(dataset=dataset),
            "flow": DataFlow.objects.visible_to(person).filter(pk=flow.pk),
            "part": FlowController.objects.visible_to(person).filter(flow=flow),
        }
        assert {name for name, rows in found.items() if rows.exists()} == (set(found) if seen else set())


# --- the plan and the assessments ------------------------------------------------------------


def test_the_plan_is_agreed_once_it_is_whole_and_by_who_manages_the_programme(cast: Cast) -> None:
    plan = actions.start_plan(cast.programme, by=cast.manager, purpose="Two records of one person.")
    assert plan.kept_by == cast.mhclg
    with pytest.raises(RuleBroken, match="needs an owner"):
        actions.agree_plan(plan, by=cast.manager, review_on=date(2999, 1, 1))
    actions.change_plan(
        plan, by=cast.manager, outcome_served="Help comes sooner.", minimum_dataset="Name and date of birth.",
        owner=cast.sro,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="in the future"):
        actions.agree_plan(plan, by=cast.manager, review_on=date(2020, 1, 1))
    agreed = actions.agree_plan(plan, by=cast.manager, review_on=date(2999, 1, 1))
    assert (agreed.status, agreed.agreed_on is not None) == ("AGREED", True)


def test_a_programme_has_one_plan_kept_by_the_lead(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.start_plan(cast.programme, by=cast.contributor, purpose="Ours.")
    make_plan(cast.programme)
    with pytest.raises(RuleBroken, match="already has"):
        actions.start_plan(cast.programme, by=cast.manager, purpose="Another.")
    assert DataSharingPlan.objects.count() == 1


def test_an_assessment_is_approved_by_a_named_person_on_a_day(cast: Cast) -> None:
    assessment = actions.start_assessment(
        cast.programme, by=cast.contributor, kept_by=cast.dwp, title="Claims matching", started_on=date(2026, 1, 1)
    )  # fmt: skip
    assert assessment.reference == "DPIA-0001"
    for answers, field in [
        ({"state": "APPROVED"}, "reviewer"),
        ({"state": "APPROVED", "reviewer": "Dora"}, "decided_on"),
        ({"state": "APPROVED", "reviewer": "Dora", "decided_on": date(2025, 1, 1)}, "decided_on"),
        ({"state": "APPROVED", "reviewer": "Dora", "decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"state": "SCREENED_NOT_NEEDED", "reviewer": "Dora", "decided_on": date(2026, 2, 1)}, "decision_reason"),
        (
            {"state": "APPROVED", "reviewer": "Dora", "decided_on": date(2026, 2, 1), "high_risk_remains": True},
            "regulator_answer",
        ),
    ]:
        with pytest.raises(RuleBroken) as refused:
            actions.change_assessment(assessment, by=cast.contributor, **answers)
        assert refused.value.field == field
    approved = actions.change_assessment(
        assessment, by=cast.contributor, state="APPROVED", reviewer="Dora", decided_on=date(2026, 2, 1)
    )  # fmt: skip
    assert approved.lets_data_move


def test_a_partner_may_not_decide_on_the_leads_assessment(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.change_assessment(make_assessment(cast.programme), by=cast.contributor, state="DPO_REVIEW")


def test_an_assessment_whose_review_has_come_says_so(cast: Cast) -> None:
    assessment = make_assessment(cast.programme, state="APPROVED", review_on=date(2026, 1, 1))
    assert assessment.is_review_due
    assert Assessment.objects.review_due().get() == assessment
