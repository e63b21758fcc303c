"""What else calls for a level at which a risk waits already, or was answered; and what is left of it in notices."""

from django.core import mail
from django.db import transaction

from risks import escalation as escalating
from risks.actions import (
    acknowledge,
    change_risk,
    close_risk,
    escalate,
    rescore_risk,
    respond,
    return_escalation,
)
from risks.actions.scores import assess
from risks.models import Escalation, Risk
from risks.tasks import escalate_all
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_risk
from tests.risks.answers import SCORES, live, notices
from xgov.notices.digests import send_digests
from xgov.records import working_days
from xgov.records.acting import acting
from xgov.records.clock import today

SAID = {"to_level": "SRO", "trigger": "OUTSIDE_AUTHORITY", "reason": "No department can say.", "ask": "Say who pays."}


def test_what_a_person_asked_hides_nothing_that_calls_for_the_same_level(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    asked = escalate(partners_risk, by=cast.contributor, response_days=60, **SAID)
    seen = Risk.objects.get(pk=partners_risk.pk).lock_version
    answers = {**SCORES, "residual_impact": "4", "reason": "Two shelters closed", "seen_version": seen}
    page = client_of(cast.contributor).post(f"{partners_risk.get_absolute_url()}score/", answers, follow=True)
    assert "It is above what is tolerated, and is before: Senior responsible owner (SRO)." in page.text
    asked.refresh_from_db()
    assert asked.reason == "No department can say. The residual score of 16 is 4 above the tolerance of 12."
    assert asked.ask.startswith("Say who pays. Decide what is done")
    assert (asked.response_due, asked.trigger) == (working_days.after(today(), 10), "OUTSIDE_AUTHORITY")
    assert "for another reason too. The residual score of 16" in notices(cast.sro)[0]
    for _ in range(2):
        rescore_risk(partners_risk, by=cast.contributor, reason="Better", residual=(3, 4))
        rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(4, 4))
    assert sum("for another reason too" in words for words in notices(cast.sro)) == 1


def test_what_was_answered_is_asked_again_once_something_else_calls_for_it(cast: Cast, risen: Risk) -> None:
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    again = live(risen)
    assert (again.state, again.response_due) == ("OPEN", working_days.after(today(), 5))
    assert again.reason.endswith("It may happen any day now; the residual score is 16.")
    assert again.answered_before.endswith(": Use the reserve.")
    assert "for another reason too. It may happen any day now" in notices(cast.sro)[0]


def test_what_is_asked_again_is_due_by_the_rule_that_leaves_the_least_time(cast: Cast, risen: Risk) -> None:
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 5))
    again = Escalation.objects.live().get(risk=risen, to_level="SRO")
    assert again.response_due == working_days.after(today(), 5)
    escalate_all()
    assert Escalation.objects.get(pk=again.pk).lock_version == again.lock_version


def test_what_was_answered_stays_on_the_page_and_in_the_file_whatever_happens_to_the_risk(
    cast: Cast, risen: Risk
) -> None:
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Pay on word.")
    for pair in ((5, 4), (1, 1), (4, 4)):
        rescore_risk(risen, by=cast.contributor, reason="Scored anew", residual=pair)
    client = client_of(cast.sro)
    assert "Pay on word." in client.get(risen.get_absolute_url()).text
    file = client.get("/programmes/RS-001/risks/escalations/?format=csv").getvalue().decode("utf-8-sig")
    assert "Pay on word." in file


def test_the_last_word_about_a_risk_that_is_over_is_that_it_is(cast: Cast, risen: Risk) -> None:
    for pair in ((1, 1), (4, 4), (1, 1), (4, 4)):
        rescore_risk(risen, by=cast.contributor, reason="To and fro", residual=pair)
    assert "waits for you again" in notices(cast.sro)[0]
    close_risk(Risk.objects.get(pk=risen.pk), by=cast.contributor, reason="The shelters have moved.")
    assert notices(cast.sro)[0].endswith("no longer waits for you. The risk is closed.")


def test_the_daily_mail_asks_for_nothing_that_waits_no_more(cast: Cast, risen: Risk) -> None:
    for pair in ((1, 1), (4, 4), (1, 1)):
        rescore_risk(risen, by=cast.contributor, reason="To and fro", residual=pair)
    assert "waits for you again" in notices(cast.sro)[0]
    send_digests()
    (letter,) = [each for each in mail.outbox if each.to == [cast.sro.email]]
    assert "no longer waits for you" in letter.body
    assert "waits for you again" not in letter.body
    assert "was escalated to you" not in letter.body


def test_what_the_centre_may_not_see_any_more_ends_there_and_whoever_asked_is_told(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.mhclg, cast.sro)
    raised = escalate(risk, by=cast.manager, **{**SAID, "to_level": "CENTRE"})
    change_risk(Risk.objects.get(pk=risk.pk), by=cast.sro, marking="OFFICIAL_SENSITIVE")
    raised.refresh_from_db()
    assert (raised.state, raised.risk.escalated_to) == ("ENDED", "")
    assert "nobody at that level may see it" in raised.outcome
    assert notices(cast.manager)[0].startswith("What you asked about risk")


def test_what_comes_back_more_urgent_than_it_was_answered_is_asked_again(cast: Cast, risen: Risk) -> None:
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    rescore_risk(risen, by=cast.contributor, reason="Better", residual=(1, 4))
    change_risk(Risk.objects.get(pk=risen.pk), by=cast.contributor, proximity="IMMINENT")
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 4))
    again = live(risen)
    assert (again.state, again.response_due) == ("OPEN", working_days.after(today(), 5))
    assert again.answered_before.endswith(": Use the reserve.")
    assert "It may happen any day now" in again.reason


def test_another_reason_that_takes_the_place_of_the_first_is_told_and_leaves_its_own_time(
    cast: Cast, risen: Risk
) -> None:
    risk = Risk.objects.get(pk=risen.pk)
    risk.proximity = "IMMINENT"
    with acting(cast.contributor, "Brought in"), transaction.atomic():
        assess(risk, {"residual": (3, 4)})
        escalating.save(risk)
    urgent = live(risen)
    assert (urgent.trigger, urgent.response_due) == ("TIME_CRITICAL", working_days.after(today(), 5))
    assert urgent.reason == "It may happen any day now; the residual score is 12."
    assert "for another reason too" in notices(cast.sro)[0]


def test_an_answer_about_two_reasons_stands_while_one_of_them_comes_and_goes(cast: Cast, risen: Risk) -> None:
    change_risk(risen, by=cast.contributor, proximity="IMMINENT")
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    for pair in ((3, 4), (4, 4), (3, 4), (4, 4)):
        rescore_risk(risen, by=cast.contributor, reason="To and fro", residual=pair)
        assert live(risen).state == "ANSWERED"
    written = live(risen).lock_version
    escalate_all()
    escalate_all()
    assert live(risen).lock_version == written


def test_a_person_who_asks_wakes_nothing_that_was_returned(cast: Cast, risen: Risk) -> None:
    return_escalation(live(risen), by=cast.sro, reason="Yours.")
    asked = escalate(
        Risk.objects.get(pk=risen.pk), by=cast.contributor, response_days=60, **{**SAID, "trigger": "ABOVE_TOLERANCE"}
    )
    asked.refresh_from_db()
    assert (asked.reason, asked.ask) == (SAID["reason"], SAID["ask"])
    assert asked.response_due == working_days.after(today(), 60)


def test_who_asked_hears_once_of_a_risk_that_goes_to_and_fro(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(2, 5))
    escalate(Risk.objects.get(pk=partners_risk.pk), by=cast.manager, **{**SAID, "trigger": "ABOVE_TOLERANCE"})
    for _ in range(3):
        rescore_risk(partners_risk, by=cast.contributor, reason="Better", residual=(1, 1))
        rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(4, 4))
    assert sum("What you asked about risk" in words for words in notices(cast.manager)) == 1


def test_a_notice_that_was_answered_before_the_mail_goes_out_with_no_later_one(cast: Cast, risen: Risk) -> None:
    respond(acknowledge(live(risen), by=cast.sro), by=cast.sro, response="Use the reserve.")
    send_digests()
    assert not [each for each in mail.outbox if each.to == [cast.sro.email]]
    rescore_risk(risen, by=cast.contributor, reason="Worse", residual=(4, 5))
    send_digests()
    (letter,) = [each for each in mail.outbox if each.to == [cast.sro.email]]
    assert "has risen to 20" in letter.body
    assert "was escalated to you" not in letter.body
