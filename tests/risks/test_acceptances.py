"""Carrying a risk as it is, until a day."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import accept_risk, close_risk, end_expired, rescore_risk, withdraw_acceptance
from risks.models import Acceptance, Risk
from tests.cast import Cast
from tests.factories import make_acceptance, make_risk
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

WHY = "The funding is settled in March and not before."
IN_A_MONTH = timedelta(days=30)


def fresh(risk: Risk) -> Risk:
    return Risk.objects.get(pk=risk.pk)


def test_the_sro_accepts_a_risk_up_to_its_score_until_a_day(cast: Cast, leads_risk: Risk) -> None:
    acceptance = accept_risk(leads_risk, by=cast.sro, expires_on=today() + IN_A_MONTH, why=WHY, conditions="No more.")
    assert (acceptance.up_to_score, acceptance.days_left) == (9, 30)
    assert acceptance.accepted_as == "Senior responsible owner (SRO)" or "owner" in acceptance.accepted_as
    assert fresh(leads_risk).is_accepted
    assert fresh(leads_risk).history.first().history_change_reason == WHY


def test_the_accounting_officer_accepts_a_risk_that_a_partner_keeps(cast: Cast, partners_risk: Risk) -> None:
    assert accept_risk(partners_risk, by=cast.ao, expires_on=today(), why=WHY).is_in_force


@pytest.mark.parametrize("who", ["manager", "contributor", "viewer", "auditor", "centre", "administrator", "outsider"])
def test_those_who_do_not_decide_accept_nothing(cast: Cast, leads_risk: Risk, who: str) -> None:
    with pytest.raises(PermissionDenied):
        accept_risk(leads_risk, by=getattr(cast, who), expires_on=today(), why=WHY)
    assert not Acceptance.objects.exists()


def test_an_acceptance_is_for_a_year_at_most_and_not_for_yesterday(cast: Cast, leads_risk: Risk) -> None:
    for days in (-1, 367):
        with pytest.raises(RuleBroken) as broken:
            accept_risk(leads_risk, by=cast.sro, expires_on=today() + timedelta(days=days), why=WHY)
        assert broken.value.field == "expires_on"


def test_a_risk_is_not_accepted_for_less_than_it_scores(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="scores 9 now"):
        accept_risk(leads_risk, by=cast.sro, expires_on=today(), why=WHY, up_to_score=8)


def test_a_risk_is_not_accepted_beyond_the_end_of_its_scale(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="The scale ends at 25"):
        accept_risk(leads_risk, by=cast.sro, expires_on=today(), why=WHY, up_to_score=99)


@pytest.mark.parametrize("status", ["DRAFT", "CLOSED"])
def test_only_an_open_risk_is_accepted(cast: Cast, status: str) -> None:
    risk = make_risk(cast.programme, cast.mhclg, cast.manager, status=status)
    with pytest.raises(RuleBroken):
        accept_risk(risk, by=cast.sro, expires_on=today(), why=WHY)


def test_a_second_acceptance_takes_the_place_of_the_first(cast: Cast, leads_risk: Risk) -> None:
    first = accept_risk(leads_risk, by=cast.sro, expires_on=today(), why=WHY)
    second = accept_risk(leads_risk, by=cast.ao, expires_on=today() + IN_A_MONTH, why=WHY)
    first.refresh_from_db()
    assert first.ended_because == "RENEWED"
    assert fresh(leads_risk).accepted_until == second.expires_on


def test_an_acceptance_holds_on_its_last_day_and_runs_out_overnight(cast: Cast, leads_risk: Risk) -> None:
    acceptance = accept_risk(leads_risk, by=cast.sro, expires_on=today() + IN_A_MONTH, why=WHY)
    last_day = acceptance.expires_on
    with time_machine.travel(f"{last_day}T12:00:00", tick=False):
        assert fresh(leads_risk).is_accepted
        assert end_expired() == 0
    with time_machine.travel(f"{last_day + timedelta(days=1)}T02:00:00", tick=False):
        assert not fresh(leads_risk).is_accepted, "nobody waits for the nightly task"
        assert end_expired() == 1
        assert end_expired() == 0
    acceptance.refresh_from_db()
    assert acceptance.ended_because == "EXPIRED"
    ended = fresh(leads_risk)
    assert (ended.accepted_up_to, ended.accepted_until) == (None, None)
    newest = ended.history.first()
    assert (newest.history_user, newest.history_change_reason) == (None, "The acceptance ran out")


def test_running_out_takes_no_more_statements_for_six_than_for_one(cast: Cast) -> None:
    def statements(number: int) -> int:
        for _each in range(number):
            risk = make_risk(cast.programme, cast.mhclg, cast.manager)
            make_acceptance(risk, cast.sro, days=-1, accepted_on=today() - IN_A_MONTH)
        with CaptureQueriesContext(connection) as queries:
            assert end_expired() == number
        return len(queries)

    assert statements(1) == statements(6)


def test_a_score_above_what_was_accepted_ends_the_acceptance(cast: Cast, leads_risk: Risk) -> None:
    acceptance = accept_risk(leads_risk, by=cast.sro, expires_on=today() + IN_A_MONTH, why=WHY, up_to_score=12)
    rescore_risk(leads_risk, by=cast.manager, reason="A little worse.", residual=(3, 4))
    assert fresh(leads_risk).is_accepted, "12 was accepted"
    rescore_risk(leads_risk, by=cast.manager, reason="Much worse.", residual=(4, 4))
    acceptance.refresh_from_db()
    assert (acceptance.ended_because, fresh(leads_risk).accepted_until) == ("SCORE_ROSE", None)


def test_closing_a_risk_ends_its_acceptance(cast: Cast, leads_risk: Risk) -> None:
    acceptance = accept_risk(leads_risk, by=cast.sro, expires_on=today() + IN_A_MONTH, why=WHY)
    close_risk(leads_risk, by=cast.manager, reason="It is over.")
    acceptance.refresh_from_db()
    assert acceptance.ended_because == "RISK_ENDED"


def test_the_sro_takes_an_acceptance_back_and_says_why(cast: Cast, leads_risk: Risk) -> None:
    acceptance = accept_risk(leads_risk, by=cast.ao, expires_on=today() + IN_A_MONTH, why=WHY)
    with pytest.raises(PermissionDenied):
        withdraw_acceptance(acceptance, by=cast.manager, reason="I would rather not.")
    with pytest.raises(RuleBroken, match="Say why"):
        withdraw_acceptance(acceptance, by=cast.sro, reason=" ")
    withdrawn = withdraw_acceptance(acceptance, by=cast.sro, reason="The bid was refused.")
    assert withdrawn.ended_because == "WITHDRAWN"
    assert not fresh(leads_risk).is_accepted
    with pytest.raises(RuleBroken, match="already ended"):
        withdraw_acceptance(acceptance, by=cast.sro, reason="Again.")
