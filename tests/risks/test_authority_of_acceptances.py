"""An acceptance ends what waits up to the level of who accepts, and gives nobody above or below more time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from risks.actions import accept_risk, change_risk, rescore_risk, respond, set_appetite, withdraw_acceptance
from risks.models import Escalation, Risk
from risks.tasks import escalate_all
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_appointment, make_person, make_risk
from xgov.records import working_days
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")
WHY = "The repairs are under way."


def waiting(risk: Risk) -> set[str]:
    return set(Escalation.objects.live().filter(risk=risk).values_list("to_level", flat=True))


def at_night(day):
    return time_machine.travel(datetime.combine(day, datetime.min.time(), LONDON))


@pytest.fixture
def sponsored(cast: Cast) -> Risk:
    """Eight above what is tolerated: it waits for the SRO and for the sponsors."""
    make_appointment(cast.programme, make_person(), "senior_sponsor", department=cast.dwp)
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0007")
    rescore_risk(risk, by=cast.contributor, reason="Two shelters closed", residual=(4, 5))
    assert waiting(risk) == {"SRO", "SPONSOR_GROUP"}
    return risk


def test_what_waits_for_the_sponsors_goes_on_when_the_sro_accepts(cast: Cast, sponsored: Risk) -> None:
    accept_risk(sponsored, by=cast.sro, expires_on=today() + timedelta(days=30), why=WHY)
    assert waiting(sponsored) == {"SPONSOR_GROUP"}
    escalate_all()
    assert waiting(sponsored) == {"SPONSOR_GROUP"}
    page = " ".join(client_of(cast.sro).get(sponsored.get_absolute_url()).content.decode().split())
    assert "The risk still waits for: Sponsor group." in page


def test_the_accounting_officer_accepts_for_the_sponsors_too(cast: Cast, sponsored: Risk) -> None:
    accept_risk(sponsored, by=cast.ao, expires_on=today() + timedelta(days=30), why=WHY)
    assert waiting(sponsored) == set()


def test_what_the_accounting_officer_accepted_is_not_replaced_by_the_sro_unseen(cast: Cast, sponsored: Risk) -> None:
    accept_risk(sponsored, by=cast.ao, expires_on=today() + timedelta(days=60), why=WHY)
    with pytest.raises(RuleBroken, match="It is accepted on a higher level"):
        accept_risk(sponsored, by=cast.sro, expires_on=today() + timedelta(days=30), why=WHY)
    withdraw_acceptance(sponsored.acceptances.get(), by=cast.sro, reason="The money is gone.")
    accept_risk(sponsored, by=cast.sro, expires_on=today() + timedelta(days=30), why=WHY)
    assert waiting(sponsored) == {"SPONSOR_GROUP"}


def test_what_climbed_to_the_accounting_officer_goes_on_when_the_sro_accepts(cast: Cast, risen: Risk) -> None:
    with at_night(Escalation.objects.get(risk=risen).response_due + timedelta(days=1)):
        escalate_all()
        assert waiting(risen) == {"SRO", "ACCOUNTING_OFFICERS"}
        accept_risk(risen, by=cast.sro, expires_on=today() + timedelta(days=30), why=WHY)
        assert waiting(risen) == {"ACCOUNTING_OFFICERS"}
        rescore_risk(risen, by=cast.contributor, reason="Better", residual=(3, 3))
        assert waiting(risen) == set()


@pytest.mark.parametrize("days", [0, 20])
def test_the_time_to_answer_stands_still_while_an_acceptance_lasts(cast: Cast, risen: Risk, days: int) -> None:
    due = Escalation.objects.get(risk=risen).response_due
    with at_night(today() + timedelta(days=3)):
        left = working_days.between(today(), due)
        last_day = today() + timedelta(days=days)
        accept_risk(risen, by=cast.sro, expires_on=last_day, why=WHY)
    with at_night(last_day + timedelta(days=1)):
        escalate_all()
        again = Escalation.objects.live().get(risk=risen, to_level="SRO")
        assert again.response_due == working_days.after(today(), left)


@pytest.mark.parametrize("days", [0, 20])
def test_what_was_late_when_it_was_accepted_does_not_climb_on_the_night_it_comes_back(
    cast: Cast, risen: Risk, days: int
) -> None:
    late = Escalation.objects.get(risk=risen).response_due + timedelta(days=1)
    with at_night(late):
        last_day = today() + timedelta(days=days)
        accept_risk(risen, by=cast.sro, expires_on=last_day, why=WHY)
    with at_night(last_day + timedelta(days=1)):
        escalate_all()
        again = Escalation.objects.live().get(risk=risen)
        assert (again.to_level, again.response_due) == ("SRO", working_days.after(today(), 1))
    with at_night(again.response_due + timedelta(days=1)):
        escalate_all()
        assert "ACCOUNTING_OFFICERS" in waiting(risen)


def test_an_acceptance_taken_back_gives_no_more_time_either(cast: Cast, risen: Risk) -> None:
    due = Escalation.objects.get(risk=risen).response_due
    with at_night(today() + timedelta(days=3)):
        acceptance = accept_risk(risen, by=cast.sro, expires_on=today() + timedelta(days=9), why=WHY)
        withdraw_acceptance(acceptance, by=cast.sro, reason="I thought again.")
        assert Escalation.objects.live().get(risk=risen).response_due == due


def test_a_risk_that_was_within_its_tolerance_meanwhile_is_another_matter(cast: Cast, risen: Risk) -> None:
    due = Escalation.objects.get(risk=risen).response_due
    with at_night(today() + timedelta(days=5)):
        rescore_risk(risen, by=cast.contributor, reason="Better", residual=(3, 3))
        rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 4))
        assert Escalation.objects.live().get(risk=risen).response_due > due


def test_what_is_asked_again_and_left_unanswered_climbs_again(cast: Cast, risen: Risk) -> None:
    def climbs() -> int:
        return Escalation.objects.filter(climbed_from__isnull=False).count()

    first = Escalation.objects.get(risk=risen)
    with at_night(first.response_due + timedelta(days=1)):
        escalate_all()
        respond(Escalation.objects.get(pk=first.pk), by=cast.sro, response="Use the reserve.")
        rescore_risk(risen, by=cast.contributor, reason="Worse still", residual=(4, 5))
        escalate_all()
        assert climbs() == 1, "the new answer is not late yet"
    first.refresh_from_db()
    with at_night(first.response_due + timedelta(days=1)):
        escalate_all()
        escalate_all()
        assert climbs() == 2
        assert "ACCOUNTING_OFFICERS" in waiting(risen)


def test_the_reason_is_the_one_for_which_it_still_waits(cast: Cast, risen: Risk) -> None:
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    assert Escalation.objects.get(risk=risen).trigger == "ABOVE_TOLERANCE"
    rescore_risk(risen, by=cast.contributor, reason="Better", residual=(3, 4))
    kept = Escalation.objects.get(risk=risen)
    assert (kept.state, kept.trigger) == ("OPEN", "TIME_CRITICAL")
    assert kept.reason == "It may happen any day now; the residual score is 12."
    assert kept.ask == "Decide what is done at once, and by whom."
    assert kept.history.first().prev_record.trigger == "ABOVE_TOLERANCE"
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 4))
    assert Escalation.objects.get(risk=risen).trigger == "TIME_CRITICAL", "it still holds, whatever else does"


def test_the_night_keeps_the_reason_current_and_writes_it_once(cast: Cast, risen: Risk) -> None:
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    tomorrow = today() + timedelta(days=1)
    set_appetite(
        cast.programme, "OPERATIONS", by=cast.manager, level="EAGER", agreed_by="Board", agreed_on=today(),
        review_due=today() + timedelta(days=90), since=tomorrow, max_residual_score=16, tolerance_score=20,
    )  # fmt: skip
    with at_night(tomorrow):
        escalate_all()
        kept = Escalation.objects.get(risk=risen)
        assert kept.trigger == "TIME_CRITICAL"
        versions = kept.history.count()
        escalate_all()
        assert kept.history.count() == versions
