"""Who hears what, and how often, of a risk that rises, falls and comes back to those who were asked already."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from risks import actions
from risks.actions import (
    acknowledge,
    change_risk,
    close_escalation,
    rescore_risk,
    respond,
    return_escalation,
)
from risks.escalation_levels import TRIGGERS
from risks.models import Escalation, Risk
from risks.tasks import escalate_all
from tests.cast import Cast, client_of
from tests.factories import make_risk
from tests.risks.answers import live, notices
from xgov.records import working_days
from xgov.records.clock import today

LONDON = ZoneInfo("Europe/London")


def test_a_risk_that_rises_above_what_the_sro_answered_asks_again_once_for_each_rise(cast: Cast, risen: Risk) -> None:
    def score(probability: int, impact: int) -> Escalation:
        rescore_risk(risen, by=cast.contributor, reason="Scored anew", residual=(probability, impact))
        return Escalation.objects.get(risk=risen, to_level="SRO")

    def asked_again() -> list[str]:
        return [words for words in notices(cast.sro) if "since it was answered" in words]

    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    assert score(4, 4).state == "ANSWERED"
    again = score(4, 5)
    assert (again.state, again.answered_at, again.acknowledged_by) == ("OPEN", None, None)
    assert again.answered_before.endswith(": Use the reserve.")
    assert "Use the reserve." in client_of(cast.sro).get(risen.get_absolute_url()).text
    assert "rose to 20" in again.reason
    for _ in range(3):
        assert {score(4, 4).state, score(4, 5).state} == {"OPEN"}
    (told,) = asked_again()
    assert "has risen to 20 since it was answered, and waits for you again. Decide what" in told
    respond(again, by=cast.sro, response="Close the third shelter too.")
    for _ in range(3):
        assert {score(4, 4).state, score(4, 5).state} == {"ANSWERED"}
    assert len(asked_again()) == 1
    assert score(5, 5).state == "OPEN"
    assert len(asked_again()) == 2


@pytest.mark.parametrize("verb", [return_escalation, close_escalation])
def test_the_sro_is_told_when_somebody_else_ends_what_waits_for_them(cast: Cast, risen: Risk, verb) -> None:
    verb(live(risen), by=cast.manager, reason="We deal with it here.")
    told = notices(cast.sro)[0]
    assert f"by {cast.manager} (it waited for:" in told
    assert told.endswith("We deal with it here.")
    assert not any("it waited for" in words for words in notices(cast.manager))


def test_the_sro_who_ends_it_is_not_told_what_they_did(cast: Cast, risen: Risk) -> None:
    return_escalation(live(risen), by=cast.sro, reason="Yours.")
    assert len(notices(cast.sro)) == 1
    assert any("Yours." in words for words in notices(cast.contributor))


def test_what_was_returned_rests_until_the_score_rises(cast: Cast, risen: Risk) -> None:
    return_escalation(live(risen), by=cast.sro, reason="Yours.")
    rescore_risk(risen, by=cast.contributor, reason="As before", residual=(4, 4))
    escalate_all()
    assert not Escalation.objects.live().exists()
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 5))
    assert {each.to_level for each in Escalation.objects.live()} == {"SRO", "SPONSOR_GROUP"}


def test_what_was_returned_does_not_silence_what_else_calls_for_the_sro(cast: Cast, risen: Risk) -> None:
    return_escalation(live(risen), by=cast.sro, reason="Yours.")
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    assert live(risen).trigger == "TIME_CRITICAL"
    assert sum("was escalated to you" in words for words in notices(cast.sro)) == 2
    change_risk(risen, by=cast.contributor, proximity="12M")
    assert not Escalation.objects.live().exists()
    rescore_risk(risen, by=cast.contributor, reason="As good as before", residual=(3, 5))
    assert not Escalation.objects.live().exists()
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 5))
    assert Escalation.objects.live().get(to_level="SRO").trigger == "ABOVE_TOLERANCE"
    assert "was escalated to you" in notices(cast.sro)[0]


def test_what_becomes_urgent_while_it_waits_is_to_be_answered_sooner_and_says_why(cast: Cast, risen: Risk) -> None:
    assert live(risen).response_due == working_days.after(today(), 10)
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    for _night in range(2):
        escalate_all()
    urgent = live(risen)
    assert urgent.response_due == working_days.after(today(), 5)
    assert urgent.reason.startswith(
        "The residual score of 16 is 4 above the tolerance of 12. It may happen any day now"
    )
    assert urgent.history.count() == 2
    fresh = make_risk(cast.programme, cast.dwp, cast.contributor, proximity="IMMINENT")
    rescore_risk(fresh, by=cast.contributor, reason="Worse", residual=(4, 4))
    assert live(fresh).response_due == working_days.after(today(), 5)


@pytest.mark.parametrize("verb", [return_escalation, close_escalation])
def test_what_was_ended_while_two_rules_called_rests_for_both(cast: Cast, risen: Risk, verb) -> None:
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    ended = verb(live(risen), by=cast.sro, reason="Yours.")
    assert ended.also_called == ["TIME_CRITICAL"]
    change_risk(risen, by=cast.contributor, title="As before, with another name")
    escalate_all()
    assert not Escalation.objects.live().exists()
    page = client_of(cast.sro).get(f"/history/risks.escalation/{ended.pk}/").content.decode()
    assert "Also because of" in page
    assert str(TRIGGERS["TIME_CRITICAL"].label) in page
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 5))
    assert Escalation.objects.live().filter(to_level="SRO").exists()


def test_what_is_taken_up_again_says_why_it_waits_now(cast: Cast, risen: Risk) -> None:
    rescore_risk(risen, by=cast.contributor, reason="Better", residual=(3, 3))
    rescore_risk(risen, by=cast.contributor, reason="Worse again", residual=(3, 5))
    escalation = live(risen)
    assert (escalation.times_taken_up, escalation.score) == (1, 15)
    assert escalation.reason == "The residual score of 15 is 3 above the tolerance of 12."


def test_a_risk_that_goes_to_and_fro_is_taken_up_where_it_stood_and_sends_no_storm(cast: Cast, risen: Risk) -> None:
    acknowledge(live(risen), by=cast.sro)
    for _ in range(4):
        rescore_risk(risen, by=cast.contributor, reason="Better", residual=(3, 3))
        rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 4))
    escalation = Escalation.objects.get()
    assert (escalation.state, escalation.times_taken_up) == ("ACKNOWLEDGED", 4)
    assert sum("was escalated to you" in words for words in notices(cast.sro)) == 1
    assert len(notices(cast.sro)) == 3  # that it waits, that it does no longer, and that it does again


def test_the_sro_who_was_told_that_it_no_longer_waits_is_told_once_that_it_waits_again(cast: Cast, risen: Risk) -> None:
    last_day = today() + timedelta(days=3)
    actions.accept_risk(risen, by=cast.sro, expires_on=last_day, why="Until the repairs are done.")
    assert "no longer waits for you" in notices(cast.sro)[0]
    with time_machine.travel(datetime.combine(last_day + timedelta(days=1), datetime.min.time(), LONDON)):
        escalate_all()
        escalate_all()
        again = [words for words in notices(cast.sro) if "waits for you again. Decide what is done" in words]
        assert (len(again), live(risen).state) == (1, "OPEN")
