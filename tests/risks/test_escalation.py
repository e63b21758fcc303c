"""A risk above appetite escalates by itself, and returns by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from risks.actions import change_risk, rescore_risk, set_appetite
from risks.escalation.limits import points_above
from risks.models import Appetite, Risk
from tests.cast import Cast
from tests.factories import make_appetite, make_risk
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")


def agree(cast: Cast, level: str, category: str = "OPERATIONS", **changes) -> Appetite:
    terms = {
        "by": cast.manager, "agreed_by": "Programme board", "agreed_on": today(),
        "review_due": today() + timedelta(days=365), **changes,
    }  # fmt: skip
    return set_appetite(cast.programme, category, level=level, **terms)


def test_a_risk_escalates_when_its_score_rises_above_the_appetite_and_returns_when_it_falls(
    cast: Cast, partners_risk: Risk
) -> None:
    make_appetite(cast.programme, limit=9)
    at_the_limit = rescore_risk(partners_risk, by=cast.contributor, reason="As agreed", residual=(3, 3))
    assert not at_the_limit.is_above_appetite
    above = rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(4, 5))
    assert above.is_above_appetite
    assert (points_above(above), above.appetite_limit) == (11, 9)
    assert not rescore_risk(partners_risk, by=cast.contributor, reason="Better", residual=(1, 5)).is_above_appetite


def test_a_risk_that_stays_above_appetite_keeps_the_moment_it_crossed(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=4, since=date(2026, 10, 1))
    with time_machine.travel(datetime(2026, 11, 1, 9, tzinfo=LONDON), tick=False):
        first = rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(4, 4)).above_appetite_since
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=LONDON), tick=False):
        later = rescore_risk(
            partners_risk, by=cast.contributor, reason="Worse still", residual=(5, 5)
        ).above_appetite_since
    assert first == later == datetime(2026, 11, 1, 9, tzinfo=LONDON)


def test_without_an_appetite_nothing_escalates(cast: Cast, partners_risk: Risk) -> None:
    risk = rescore_risk(partners_risk, by=cast.contributor, reason="Worse", residual=(5, 5))
    assert not risk.is_above_appetite
    assert (points_above(risk), risk.appetite_limit, risk.escalated_to) == (0, None, "")


def test_a_risk_moved_to_another_category_is_held_against_that_ones_appetite(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, "OPERATIONS", limit=9)
    make_appetite(cast.programme, "LEGAL", limit=4)
    assert not change_risk(partners_risk, by=cast.contributor, title="The same").is_above_appetite
    assert change_risk(partners_risk, by=cast.contributor, category="LEGAL").is_above_appetite


def test_a_stricter_appetite_escalates_the_risks_that_cross_it_and_writes_no_other(cast: Cast) -> None:
    crossing = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(2, 4))
    below = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(2, 2))
    elsewhere = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(5, 5), category="LEGAL")
    closed = make_risk(cast.programme, cast.dwp, cast.contributor, residual=(5, 5), status="CLOSED")
    below.appetite_limit, below.tolerance_limit = 6, 8
    with acting(cast.manager):
        Risk.objects.save_many([below], ["appetite_limit", "tolerance_limit"])
    agree(cast, "MINIMAL")
    assert list(Risk.objects.above_appetite()) == [crossing]
    assert [risk.history.count() for risk in (crossing, below, elsewhere, closed)] == [2, 2, 1, 1]
    assert crossing.history.first().history_change_reason == "Appetite agreed by Programme board"
    agree(cast, "CAUTIOUS")
    assert not Risk.objects.above_appetite().exists()
    agree(cast, "OPEN")
    assert crossing.history.count() == 4  # the limit that applies is written with each agreement


def test_the_number_of_statements_does_not_grow_with_the_risks_that_cross(
    cast: Cast, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        make_risk(cast.programme, cast.dwp, cast.contributor, residual=(5, 5))
    with django_assert_max_num_queries(45):
        agree(cast, "AVERSE")
    assert Risk.objects.above_appetite().count() == 12


def test_the_appetite_before_ends_when_the_next_begins(cast: Cast) -> None:
    first = agree(cast, "MINIMAL")
    second = agree(cast, "EAGER", max_residual_score=20)
    first.refresh_from_db()
    assert (first.until, second.until) == (today(), None)
    assert list(Appetite.objects.current()) == [second]
    assert (first.max_residual_score, first.is_usual, second.is_usual) == (6, True, False)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre"])
def test_only_those_who_run_the_programme_agree_its_appetite(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        agree(cast, "OPEN", by=getattr(cast, who))


def test_an_appetite_that_makes_no_sense_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="from 1 to 25"):
        agree(cast, "OPEN", max_residual_score=26)
    with pytest.raises(RuleBroken, match="today or earlier"):
        agree(cast, "OPEN", agreed_on=today() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="today or later"):
        agree(cast, "OPEN", review_due=today() - timedelta(days=1))
