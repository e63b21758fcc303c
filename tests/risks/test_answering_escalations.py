"""What those who hold a level do about a risk that was escalated to them, and what nobody else may."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from risks import actions, level_holders
from risks.actions import acknowledge, close_escalation, escalate, rescore_risk, respond, return_escalation
from risks.models import Escalation, Risk
from risks.tasks import escalate_all
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_appointment, make_board, make_person, make_risk, make_seat
from tests.factories.escalations import make_department_appetite, make_escalation, make_party_appetite
from xgov.notices.models import Notice
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")


def live(risk: Risk) -> Escalation:
    return Escalation.objects.live().get(risk=risk)


def notices(person) -> list[str]:
    return [each.words for each in Notice.objects.filter(person=person)]


def test_a_risk_above_what_is_tolerated_waits_for_the_sro_who_is_told(cast: Cast, risen: Risk) -> None:
    escalation = live(risen)
    assert (escalation.from_level, escalation.to_level, escalation.raised_by) == ("PROJECT", "SRO", None)
    assert escalation.reason == "The residual score of 16 is 4 above the tolerance of 12."
    assert (risen.appetite_limit, risen.tolerance_limit, risen.escalated_to) == (9, 12, "SRO")
    (told,) = notices(cast.sro)
    assert told.startswith("Risk R-0002 Claims lapse at a move was escalated to you. Decide what is done about it")
    assert notices(cast.manager) == []
    assert risen.owner == cast.contributor


def test_between_appetite_and_tolerance_nothing_escalates(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    risk = rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(3, 4))
    assert (risk.is_above_appetite, risk.is_above_tolerance, risk.escalated_to) == (True, False, "")
    assert not Escalation.objects.exists()


def test_the_sro_acknowledges_and_answers_and_it_ends_when_the_score_falls(cast: Cast, risen: Risk) -> None:
    escalation = acknowledge(live(risen), by=cast.sro)
    assert escalation.state == "ACKNOWLEDGED"
    escalation = respond(escalation, by=cast.sro, response="Use the reserve for six weeks.")
    assert (escalation.state, escalation.answered_by) == ("ANSWERED", cast.sro)
    assert any("Use the reserve" in words for words in notices(cast.contributor))
    risk = rescore_risk(risen, by=cast.contributor, reason="The reserve helped", residual=(3, 3))
    escalation.refresh_from_db()
    assert (escalation.state, escalation.ended_by, risk.escalated_to) == ("ENDED", None, "")
    assert escalation.outcome == "The residual score is 9, and up to 12 is tolerated."
    assert risk.owner == cast.contributor


@pytest.mark.parametrize("who", ["manager", "contributor", "viewer", "ao", "auditor", "centre", "outsider"])
def test_only_those_who_hold_the_level_answer(cast: Cast, risen: Risk, who: str) -> None:
    person = getattr(cast, who)
    for verb in (lambda e: acknowledge(e, by=person), lambda e: respond(e, by=person, response="I decide")):
        with pytest.raises(PermissionDenied):
            verb(live(risen))


def test_whoever_runs_the_programme_can_return_and_close_and_nobody_else(cast: Cast, risen: Risk) -> None:
    for verb in (return_escalation, close_escalation):
        with pytest.raises(PermissionDenied):
            verb(live(risen), by=cast.contributor, reason="No need")
    with pytest.raises(RuleBroken, match="Say why"):
        return_escalation(live(risen), by=cast.manager, reason=" ")
    returned = return_escalation(live(risen), by=cast.manager, reason="We deal with it here.")
    risen.refresh_from_db()
    assert (returned.state, returned.ended_by, risen.escalated_to) == ("RETURNED", cast.manager, "")
    with pytest.raises(RuleBroken, match="is returned"):
        respond(returned, by=cast.sro, response="Too late")


def test_a_person_escalates_with_a_reason_and_an_ask(cast: Cast, partners_risk: Risk) -> None:
    said = {"to_level": "SRO", "trigger": "OUTSIDE_AUTHORITY", "reason": "No department can promise it.", "ask": "Ask."}
    for missing, words in (("reason", "Say why"), ("ask", "Say what is asked")):
        with pytest.raises(RuleBroken, match=words):
            escalate(partners_risk, by=cast.contributor, **{**said, missing: " "})
    with pytest.raises(PermissionDenied):
        escalate(partners_risk, by=cast.viewer, **said)
    raised = escalate(partners_risk, by=cast.contributor, **said)
    partners_risk.refresh_from_db()
    assert (raised.raised_by, partners_risk.escalated_to) == (cast.contributor, "SRO")
    with pytest.raises(RuleBroken, match="already waits"):
        escalate(partners_risk, by=cast.contributor, **said)
    with pytest.raises(RuleBroken, match="Nobody holds"):
        escalate(partners_risk, by=cast.contributor, **{**said, "to_level": "SPONSOR_GROUP"})


def test_a_sensitive_risk_is_told_only_to_those_who_may_see_it(cast: Cast, sensitive_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="does not see sensitive"):
        escalate(sensitive_risk, by=cast.sro, to_level="CENTRE", trigger="FUNDING_NEEDED", reason="No money", ask="Pay")
    board = make_board(cast.programme, is_deciding=True)
    make_seat(board, cast.contributor)
    escalate(
        sensitive_risk, by=cast.sro, to_level="PROGRAMME_BOARD", trigger="TIME_CRITICAL", reason="Now", ask="Decide"
    )
    assert notices(cast.contributor) == []
    for who in ("contributor", "viewer", "centre"):
        page = client_of(getattr(cast, who)).get("/programmes/RS-001/risks/escalations/")
        assert "supplier" not in page.content.decode()


def test_who_stands_on_each_rung(cast: Cast, partners_risk: Risk) -> None:
    sponsor, member = make_person(), make_person()
    make_appointment(cast.programme, sponsor, "senior_sponsor", department=cast.dwp)
    make_seat(make_board(cast.programme, is_deciding=True), member)
    held = {level: level_holders.holders_for(level, partners_risk) for level in ("SRO", "CENTRE", "PROGRAMME_BOARD")}
    assert held == {"SRO": {cast.sro.pk}, "CENTRE": {cast.centre.pk}, "PROGRAMME_BOARD": {member.pk}}
    assert level_holders.holders_for("SPONSOR_GROUP", partners_risk) == {sponsor.pk}
    assert level_holders.holders_for("ACCOUNTING_OFFICERS", partners_risk) == {cast.ao.pk}
    assert cast.contributor.pk in level_holders.holders_for("PROJECT", partners_risk)
    assert level_holders.people_at("PROGRAMME_BOARD", partners_risk) == []  # a seat shows the board, not the programme


def test_what_nobody_answers_in_time_climbs_once_and_comes_down_when_it_is_answered(cast: Cast, risen: Risk) -> None:
    first = live(risen)
    with time_machine.travel(datetime.combine(first.response_due + timedelta(days=1), datetime.min.time(), LONDON)):
        escalate_all()
        escalate_all()
        climbed = Escalation.objects.get(climbed_from=first)
        assert (climbed.to_level, climbed.from_level, climbed.trigger) == ("ACCOUNTING_OFFICERS", "SRO", "OVERDUE")
        assert "Claims lapse" in notices(cast.ao)[0]
        respond(Escalation.objects.get(pk=first.pk), by=cast.sro, response="Done.")
        climbed.refresh_from_db()
        assert (climbed.state, climbed.outcome) == ("ENDED", "The level below has answered.")


def test_two_departments_with_different_appetites_hold_one_risk_to_the_stricter(
    cast: Cast, partners_risk: Risk
) -> None:
    make_appetite(cast.programme, limit=16, tolerance_score=20)
    make_department_appetite(cast.dwp, 12, tolerance_score=15)
    make_party_appetite(cast.programme, cast.moj, 6, tolerance_score=8)
    risk = rescore_risk(partners_risk, by=cast.contributor, reason="As it is", residual=(3, 3))
    assert (risk.appetite_limit, risk.tolerance_limit, risk.escalated_to) == (12, 15, "")
    risk = actions.say_what_is_affected(risk, by=cast.contributor, departments=[cast.moj])
    risk.refresh_from_db()
    assert (risk.appetite_limit, risk.tolerance_limit, risk.escalated_to) == (6, 8, "SRO")
    page = " ".join(client_of(cast.viewer).get(risk.get_absolute_url()).content.decode().split())
    assert "MOJ, in this programme: the strictest of 3." in page
    assert "DWP, everywhere: cautious, 12 (tolerated 15)" in page


def test_an_appetite_agreed_for_later_is_held_against_risks_on_its_day(cast: Cast, partners_risk: Risk) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=LONDON)):
        actions.set_appetite(
            cast.programme, "OPERATIONS", by=cast.manager, level="AVERSE", agreed_by="Board", agreed_on=today(),
            review_due=date(2027, 12, 1), since=date(2026, 12, 1),
        )  # fmt: skip
        escalate_all()
        assert not Escalation.objects.exists()
    with time_machine.travel(datetime(2026, 12, 1, 0, 5, tzinfo=LONDON)):
        escalate_all()
        risk = Risk.objects.get(pk=partners_risk.pk)
        assert (risk.tolerance_limit, risk.escalated_to) == (6, "SRO")


def test_an_acceptance_that_runs_out_overnight_brings_the_risk_back_to_the_sro(cast: Cast, risen: Risk) -> None:
    last_day = today() + timedelta(days=10)
    actions.accept_risk(risen, by=cast.sro, expires_on=last_day, why="For the winter.")
    risen.refresh_from_db()
    assert (risen.escalated_to, Escalation.objects.get().state) == ("", "ENDED")
    with time_machine.travel(datetime.combine(last_day, datetime.min.time(), LONDON)):
        escalate_all()
        assert not Escalation.objects.live().exists()
    with time_machine.travel(datetime.combine(last_day + timedelta(days=1), datetime.min.time(), LONDON)):
        escalate_all()
        risk = Risk.objects.get(pk=risen.pk)
        assert (risk.is_accepted, risk.escalated_to, risk.owner) == (False, "SRO", cast.contributor)


def test_the_night_writes_nothing_where_nothing_has_changed(cast: Cast, risen: Risk) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(1, 1))
    escalate_all()
    written = (Risk.history.count(), Escalation.history.count(), Notice.objects.count())
    escalate_all()
    assert (Risk.history.count(), Escalation.history.count(), Notice.objects.count()) == written


def test_a_review_that_is_long_overdue_goes_to_the_board(cast: Cast) -> None:
    late = today() - timedelta(days=30)
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(1, 1), review_due=late)
    escalate_all()
    assert (live(risk).to_level, live(risk).trigger) == ("PROGRAMME_BOARD", "OVERDUE")
    rescore_risk(risk, by=cast.contributor, reason="Looked at")
    assert not Escalation.objects.live().exists()


def test_the_sro_answers_on_the_risks_own_page(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=4)
    escalation = make_escalation(partners_risk)
    here = f"/programmes/RS-001/risks/R-0002/escalations/{escalation.pk}/"
    sro = client_of(cast.sro)
    assert "Acknowledge" in sro.get(partners_risk.get_absolute_url()).content.decode()
    assert sro.post(f"{here}acknowledge/").status_code == 302
    assert sro.post(f"{here}answer/", {"response": "Yes."}).status_code == 302
    escalation.refresh_from_db()
    assert (escalation.state, escalation.response) == ("ANSWERED", "Yes.")
    rows = sro.get("/programmes/RS-001/risks/escalations/?state=ANSWERED").context["register"].count
    assert rows == 1


def test_a_risk_marked_sensitive_after_it_went_to_the_centre_asks_for_another_level(
    cast: Cast, partners_risk: Risk
) -> None:
    make_escalation(partners_risk, "CENTRE")
    partners_risk.marking = "OFFICIAL_SENSITIVE"
    with acting(cast.sro):
        partners_risk.save()
    page = " ".join(client_of(cast.sro).get(partners_risk.get_absolute_url()).content.decode().split())
    assert "The centre of government does not see sensitive risks, so nobody there can answer." in page
    assert "Appoint somebody" not in page
