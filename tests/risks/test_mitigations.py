"""What is done about a risk, by whom and by when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from risks.actions import (
    add_mitigation,
    change_mitigation,
    close_risk,
    drop_mitigation,
    finish_mitigation,
)
from risks.models import Mitigation, Risk
from tests.cast import Cast
from tests.factories import make_mitigation
from xgov.records.clock import today
from xgov.records.errors import ChangedMeanwhile, RuleBroken


def plan(cast: Cast, risk: Risk, **changes) -> Mitigation:
    terms = {
        "by": cast.contributor, "text": "Hold housing payments for 14 days", "owner": cast.contributor,
        "department": cast.dwp, "due": today() + timedelta(days=7), **changes,
    }  # fmt: skip
    return add_mitigation(risk, **terms)


def test_a_partner_plans_and_finishes_what_its_department_does(cast: Cast, partners_risk: Risk) -> None:
    mitigation = plan(cast, partners_risk)
    assert (mitigation.programme, mitigation.is_planned) == (cast.programme, True)
    done = finish_mitigation(mitigation, by=cast.contributor)
    assert (done.status, done.done_on) == ("DONE", today())
    with pytest.raises(RuleBroken, match="no longer planned"):
        finish_mitigation(mitigation, by=cast.contributor)


def test_a_partner_may_not_plan_on_the_leads_risk_or_for_another_department(
    cast: Cast, partners_risk: Risk, leads_risk: Risk
) -> None:
    with pytest.raises(PermissionDenied):
        plan(cast, leads_risk)
    with pytest.raises(PermissionDenied):
        plan(cast, partners_risk, department=cast.moj)


def test_the_lead_plans_for_a_partner_and_the_partner_finishes(cast: Cast, leads_risk: Risk) -> None:
    mitigation = plan(cast, leads_risk, by=cast.manager)
    assert finish_mitigation(mitigation, by=cast.contributor, done_on=today() - timedelta(days=1)).status == "DONE"


def test_a_stranger_does_not_own_a_mitigation(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="no role"):
        plan(cast, partners_risk, owner=cast.outsider)
    with pytest.raises(RuleBroken, match="has not joined"):
        plan(cast, partners_risk, by=cast.manager, department=cast.dft)


def test_dates_that_cannot_be_are_refused(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="today or later"):
        plan(cast, partners_risk, due=today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="today or earlier"):
        finish_mitigation(plan(cast, partners_risk), by=cast.contributor, done_on=today() + timedelta(days=1))


def test_a_late_mitigation_can_be_reworded_without_a_new_date(cast: Cast, partners_risk: Risk) -> None:
    late = make_mitigation(partners_risk, due=today() - timedelta(days=2))
    assert late.is_late
    changed = change_mitigation(late, by=cast.contributor, text="Clearer", due=late.due)
    assert changed.text == "Clearer"
    assert list(Mitigation.objects.late()) == [late]


def test_the_second_of_two_editors_of_a_mitigation_is_told(cast: Cast, partners_risk: Risk) -> None:
    mitigation = make_mitigation(partners_risk)
    seen = mitigation.lock_version
    change_mitigation(mitigation, by=cast.manager, text="By the manager", seen_version=seen)
    with pytest.raises(ChangedMeanwhile):
        change_mitigation(mitigation, by=cast.contributor, text="By the partner", seen_version=seen)


def test_dropping_needs_a_reason(cast: Cast, partners_risk: Risk) -> None:
    mitigation = make_mitigation(partners_risk)
    with pytest.raises(RuleBroken, match="Say why"):
        drop_mitigation(mitigation, by=cast.contributor, reason="")
    assert drop_mitigation(mitigation, by=cast.contributor, reason="No money").status == "DROPPED"


def test_nothing_is_planned_on_a_closed_risk(cast: Cast, partners_risk: Risk) -> None:
    close_risk(partners_risk, by=cast.contributor, reason="Over")
    with pytest.raises(RuleBroken, match="is closed"):
        plan(cast, partners_risk)
