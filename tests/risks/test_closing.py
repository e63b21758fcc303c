"""Closing a risk and opening it again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from risks.actions import add_risk, change_risk, close_risk, reopen_risk, rescore_risk
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_risk
from tests.risks.answers import RISKS, text_of
from xgov.records.acting import acting, system_signer
from xgov.records.errors import RuleBroken


def test_a_closed_risk_stays_closed_when_two_people_close_it(cast: Cast, partners_risk: Risk) -> None:
    as_second_sees_it = Risk.objects.get(pk=partners_risk.pk)
    close_risk(partners_risk, by=cast.contributor, reason="The rule has changed")
    with pytest.raises(RuleBroken, match="already closed"):
        close_risk(as_second_sees_it, by=cast.manager, reason="Nothing left to do")
    closed = Risk.objects.get(pk=partners_risk.pk)
    assert (closed.closed_by, closed.closing_reason) == (cast.contributor, "The rule has changed")
    assert closed.history.count() == 2


def test_closing_needs_a_reason(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        close_risk(partners_risk, by=cast.contributor, reason="  ")


def test_a_partner_may_not_close_the_lead_departments_risk(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        close_risk(leads_risk, by=cast.contributor, reason="We think so")


def test_a_risk_that_has_happened_says_so(cast: Cast, partners_risk: Risk) -> None:
    ended = close_risk(partners_risk, by=cast.contributor, reason="It happened on Monday", has_happened=True)
    assert (ended.status, ended.has_ended, ended.is_open) == ("MATERIALISED", True, False)


def test_a_closed_risk_is_not_changed_or_scored(cast: Cast, partners_risk: Risk) -> None:
    close_risk(partners_risk, by=cast.contributor, reason="Over")
    with pytest.raises(RuleBroken, match="is closed"):
        change_risk(partners_risk, by=cast.contributor, title="Late thought")
    with pytest.raises(RuleBroken, match="is closed"):
        rescore_risk(partners_risk, by=cast.contributor, reason="Late thought", residual=(1, 1))


@pytest.mark.parametrize(
    "form", ["change/", "score/", "close/", "escalate/", "accept/", "affects/", "controls/add/", "mitigations/add/"]
)
def test_who_opens_a_form_of_a_closed_risk_is_led_back_and_told_why(cast: Cast, partners_risk: Risk, form: str) -> None:
    close_risk(partners_risk, by=cast.contributor, reason="Over")
    person = cast.sro if form == "accept/" else cast.contributor
    answer = client_of(person).get(f"{RISKS}R-0002/{form}", follow=True)
    assert answer.redirect_chain == [(f"{RISKS}R-0002/", 302)]
    assert "This risk is closed. Open it again before you change it." in text_of(answer)


def test_who_sends_a_form_of_a_risk_that_was_closed_meanwhile_keeps_the_words(cast: Cast, partners_risk: Risk) -> None:
    close_risk(partners_risk, by=cast.manager, reason="Over")
    typed = {
        "to_level": "SRO",
        "trigger": "OUTSIDE_AUTHORITY",
        "reason": "It is beyond us.",
        "ask": "Decide.",
        "response_days": "10",
    }
    page = text_of(client_of(cast.contributor).post(f"{RISKS}R-0002/escalate/", typed))
    assert "This risk is closed. Open it again before you change it." in page
    assert "It is beyond us." in page


def test_closing_ends_the_escalation_and_opening_again_starts_a_new_one(cast: Cast) -> None:
    make_appetite(cast.programme, limit=4)
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 5))
    risk = rescore_risk(risk, by=cast.contributor, reason="Same as before", residual=(4, 5))
    assert risk.is_above_appetite
    closed = close_risk(risk, by=cast.contributor, reason="Over")
    assert (closed.is_above_appetite, closed.review_due) == (False, None)
    opened = reopen_risk(closed, by=cast.contributor, reason="It may happen after all")
    assert (opened.is_above_appetite, opened.closed_by, opened.closing_reason) == (True, None, "")
    assert opened.review_due is not None
    with pytest.raises(RuleBroken, match="already open"):
        reopen_risk(opened, by=cast.contributor, reason="Again")


def test_an_unfinished_draft_can_be_closed_and_is_a_draft_when_opened_again(cast: Cast) -> None:
    draft = add_risk(
        cast.programme, by=cast.contributor, as_draft=True, title="A thought", category="PEOPLE", kept_by=cast.dwp
    )
    with pytest.raises(RuleBroken, match="draft"):
        close_risk(draft, by=cast.contributor, reason="It happened", has_happened=True)
    closed = close_risk(draft, by=cast.contributor, reason="Not a risk")
    assert reopen_risk(closed, by=cast.contributor, reason="It is one").status == "DRAFT"


@pytest.mark.parametrize("column", ["closed_at", "closed_by", "closing_reason"])
def test_the_database_refuses_a_half_closed_risk(cast: Cast, partners_risk: Risk, column: str) -> None:
    risk = close_risk(partners_risk, by=cast.contributor, reason="Over")
    setattr(risk, column, "" if column == "closing_reason" else None)
    with acting(system_signer("test")), pytest.raises(IntegrityError), transaction.atomic():
        risk.save()
