"""Who deals with a risk day by day hears once that it went up by itself."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import rescore_risk, set_appetite
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_appetite, make_membership, make_person, make_risk
from xgov.notices.models import Notice
from xgov.records.clock import today


def went_up(person) -> list[str]:
    return [each.words for each in Notice.objects.filter(person=person, kind="risk_went_up")]


def test_the_owner_and_the_managers_of_the_keeper_hear_of_it_once_however_it_bounces(
    cast: Cast, partners_risk: Risk
) -> None:
    theirs, others = make_person(department=cast.dwp), make_person(department=cast.moj)
    make_membership(theirs, cast.dwp, "programme_manager")
    make_membership(others, cast.moj, "programme_manager")
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    for residual in ((4, 4), (3, 3), (4, 4), (3, 3), (4, 4)):
        rescore_risk(partners_risk, by=cast.manager, reason="Looked at", residual=residual)
    (told,) = went_up(cast.contributor)
    assert told.startswith("Risk R-0002 Claims lapse at a move has escalated by itself to: Senior responsible owner")
    assert len(went_up(theirs)) == len(went_up(cast.manager)) == 1
    assert went_up(others) == went_up(cast.sro) == []


def test_nobody_hears_of_a_sensitive_risk_that_they_may_not_see(cast: Cast, sensitive_risk: Risk) -> None:
    make_appetite(cast.programme, "COMMERCIAL", limit=9)
    rescore_risk(sensitive_risk, by=cast.manager, reason="As it is", residual=(5, 5))
    assert went_up(cast.contributor) == went_up(cast.viewer) == []
    assert len(went_up(cast.manager)) == 1


def test_telling_six_owners_takes_no_more_statements_than_telling_one(cast: Cast) -> None:
    def statements(category: str, number: int) -> int:
        for _ in range(number):
            owner = make_person(department=cast.dwp)
            make_membership(owner, cast.dwp, "contributor")
            make_risk(cast.programme, cast.dwp, owner, residual=(5, 5), category=category)
        with CaptureQueriesContext(connection) as captured:
            set_appetite(
                cast.programme, category, by=cast.manager, level="AVERSE", agreed_by="Board", agreed_on=today(),
                review_due=today(),
            )  # fmt: skip
        return len(captured)

    assert statements("LEGAL", 1) == statements("PEOPLE", 6)
    told = Notice.objects.filter(kind="risk_went_up").exclude(person=cast.manager)
    assert told.values("person").distinct().count() == 7
