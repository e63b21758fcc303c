"""What of the register waits for a person, and what to look at."""

from datetime import timedelta

import pytest

from risks import attention
from tests.cast import Cast
from tests.factories import make_appetite, make_mitigation, make_programme, make_risk
from tests.factories.escalations import make_escalation
from xgov.access.standing import remembering
from xgov.pages.attention import signals_in
from xgov.records.clock import now, today

YESTERDAY, SOON, FAR = (today() + timedelta(days=days) for days in (-1, 10, 30))


def test_an_owner_is_asked_for_the_reviews_that_are_due(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0001", title="Claims", review_due=YESTERDAY)
    make_risk(cast.programme, cast.dwp, cast.contributor, review_due=SOON)
    make_risk(cast.programme, cast.dwp, cast.contributor, review_due=YESTERDAY, status="CLOSED")
    (waiting,) = attention.reviews(cast.contributor)
    assert (waiting.words, waiting.days_late) == ("Review risk R-0001 Claims", 1)
    assert waiting.url == "/programmes/RS-001/risks/R-0001/"
    assert list(attention.reviews(cast.manager)) == []


def test_a_person_is_asked_for_the_mitigations_that_are_due_soon(cast: Cast, partners_risk) -> None:
    make_mitigation(partners_risk, text="Sign the contract", due=SOON)
    make_mitigation(partners_risk, due=FAR)
    make_mitigation(partners_risk, due=SOON, status="DROPPED")
    assert [each.words for each in attention.mitigations(cast.contributor)] == [
        "Finish “Sign the contract” (risk R-0002)"
    ]


def test_the_sro_is_asked_to_answer_what_was_escalated_to_them(cast: Cast, partners_risk) -> None:
    escalation = make_escalation(partners_risk, response_due=SOON)
    make_escalation(partners_risk, "CENTRE", state="ENDED", ended_at=now(), outcome="It is over.")
    (waiting,) = attention.escalations(cast.sro)
    assert waiting.words.startswith("Answer about risk R-0002 Claims lapse at a move, escalated to: Senior")
    assert (waiting.url, waiting.due) == (escalation.get_absolute_url(), SOON)
    assert list(attention.escalations(cast.manager)) == list(attention.escalations(cast.centre)) == []


def test_who_answers_for_a_programme_is_asked_to_agree_anew_what_it_carries(cast: Cast) -> None:
    make_appetite(cast.programme, review_due=YESTERDAY)
    make_appetite(cast.programme, "LEGAL", review_due=SOON)
    (waiting,) = attention.appetite_reviews(cast.sro)
    assert (waiting.words, waiting.due) == ("Agree the appetite of 1 category of risk anew", YESTERDAY)
    assert list(attention.appetite_reviews(cast.viewer)) == []


def test_what_to_look_at_in_a_programme_leads_to_the_list_that_shows_it(cast: Cast, partners_risk, client) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, above_appetite_since=now(), review_due=YESTERDAY)
    make_mitigation(partners_risk, due=YESTERDAY)
    found = signals_in(cast.viewer, [cast.programme.pk])[cast.programme.pk]
    ours = [signal for signal in found if "/risks/" in signal.url]
    assert [str(signal.words) for signal in ours] == [
        "1 risk above appetite", "1 risk review overdue", "1 risk with a late mitigation",
    ]  # fmt: skip
    client.force_login(cast.viewer, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(signal.url).context["register"].count for signal in ours] == [1, 1, 1]


@pytest.mark.parametrize("who", ["viewer", "contributor", "centre"])
def test_a_sensitive_risk_raises_no_signal_for_those_who_may_not_see_it(cast: Cast, who: str) -> None:
    risk = make_risk(
        cast.programme,
        cast.mhclg,
        cast.sro,
        marking="OFFICIAL_SENSITIVE",
        above_appetite_since=now(),
        review_due=YESTERDAY,
    )
    make_mitigation(risk, due=YESTERDAY, owner=getattr(cast, who))
    assert not [s for s in signals_in(getattr(cast, who), [cast.programme.pk])[cast.programme.pk] if "risk" in s.url]
    assert list(attention.mitigations(getattr(cast, who))) == []


@pytest.mark.parametrize("ask", [attention.reviews, attention.mitigations, attention.escalations])
def test_what_waits_costs_the_same_for_one_risk_and_for_six(cast: Cast, ask, django_assert_max_num_queries) -> None:
    for _ in range(6):
        programme = make_programme(cast.mhclg)
        risk = make_risk(programme, cast.mhclg, cast.sro, above_appetite_since=now(), review_due=YESTERDAY)
        make_mitigation(make_risk(cast.programme, cast.mhclg, cast.sro, above_appetite_since=now()), due=YESTERDAY)
        make_mitigation(risk, due=YESTERDAY)
    with remembering(), django_assert_max_num_queries(9):
        list(ask(cast.sro))
