"""What is in place against a risk, and whether it works."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from risks.actions import add_control, change_control, check_control, end_control
from risks.models import Control, Risk
from tests.cast import Cast
from tests.factories import make_control
from xgov.records.clock import today
from xgov.records.errors import ChangedMeanwhile, RuleBroken


def answers(cast: Cast, **changes) -> dict:
    return {
        "text": "Claims are checked at each move.", "type": "PREVENTIVE", "line": "FIRST", "owner": cast.contributor,
        "department": cast.dwp, **changes,
    }  # fmt: skip


def test_a_partner_says_what_it_has_in_place_against_its_risk(cast: Cast, partners_risk: Risk) -> None:
    control = add_control(partners_risk, by=cast.contributor, **answers(cast))
    assert (control.effectiveness, control.checked_on, control.is_in_place) == ("NOT_CHECKED", None, True)


def test_a_partner_says_nothing_of_the_leads_risk(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        add_control(leads_risk, by=cast.contributor, **answers(cast))


def test_a_control_is_run_by_a_department_that_has_joined(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="has not joined"):
        add_control(leads_risk, by=cast.manager, **answers(cast, department=cast.dft))


def test_the_department_that_runs_a_control_says_whether_it_works(cast: Cast, leads_risk: Risk) -> None:
    control = make_control(leads_risk, department=cast.dwp)
    checked = check_control(control, by=cast.contributor, effectiveness="PARTLY", checked_by="Internal audit")
    assert (checked.effectiveness, checked.checked_on) == ("PARTLY", today())
    for faulty in ({"effectiveness": "NOT_CHECKED"}, {"checked_by": " "}, {"checked_on": today() + timedelta(days=1)}):
        with pytest.raises(RuleBroken):
            check_control(control, by=cast.contributor, **{"effectiveness": "WEAK", "checked_by": "Us", **faulty})


def test_a_check_of_more_than_a_year_ago_has_aged(cast: Cast, leads_risk: Risk) -> None:
    control = make_control(
        leads_risk,
        effectiveness="EFFECTIVE",
        checked_on=today() - timedelta(days=366),
        checked_by="Us",
    )
    assert control.check_has_aged
    assert list(Control.objects.in_place()) == [control]


def test_of_two_who_change_a_control_the_second_is_told(cast: Cast, leads_risk: Risk) -> None:
    control = make_control(leads_risk)
    change_control(control, by=cast.manager, seen_version=0, text="Another text.")
    with pytest.raises(ChangedMeanwhile):
        change_control(control, by=cast.manager, seen_version=0, text="A third.")


def test_a_control_that_has_ended_is_neither_checked_nor_ended_again(cast: Cast, leads_risk: Risk) -> None:
    control = end_control(make_control(leads_risk), by=cast.manager, reason="The contract ended.")
    with pytest.raises(RuleBroken, match="has ended"):
        check_control(control, by=cast.manager, effectiveness="WEAK", checked_by="Us")
    with pytest.raises(RuleBroken, match="has ended"):
        end_control(control, by=cast.manager, reason="Twice.")
