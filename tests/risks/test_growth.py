"""What the pages of the register ask of the database: the hot ones exactly, the others no more for six than for one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_mitigation, make_risk
from tests.risks.answers import RISKS
from xgov.records.clock import now, today

EVERY_PAGE = ["django_session", "accounts_user"]
# roles held everywhere, doors open to the person, doors that are marked
WHO_SEES = ["auth_group", "programmes_programmegroupgrant", "programmes_programme"]
COUNT_AND_PAGE = ["risks_risk", "risks_risk"]
DEPARTMENTS_TO_FILTER_BY = ["accounts_department"]  # for "Kept by" and "Bears on" alike
THEIR_OWN_FILTERS = ["pages_savedfilter"]


def asked(client, address: str) -> list[str]:
    """The first table of each query, in order."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200
        response.getvalue()  # a file is read as it is sent
    return [re.search(r'(?:FROM|INTO) "(\w+)"', query["sql"])[1] for query in captured.captured_queries]


def more_risks(cast: Cast, number: int) -> None:
    for n in range(number):
        risk = make_risk(
            cast.programme, cast.dwp if n % 2 else cast.mhclg, cast.contributor, above_appetite_since=now(),
            review_due=today() - timedelta(days=1),
        )  # fmt: skip
        make_mitigation(risk)


@pytest.mark.parametrize("who", ["viewer", "manager", "centre"])
def test_the_list_across_programmes_asks_nine_questions(cast: Cast, who: str) -> None:
    more_risks(cast, 3)
    named = [*EVERY_PAGE, *WHO_SEES, *COUNT_AND_PAGE, *DEPARTMENTS_TO_FILTER_BY, *THEIR_OWN_FILTERS]
    assert sorted(asked(client_of(getattr(cast, who)), "/risks/")) == sorted(named)


@pytest.mark.parametrize(
    "address",
    [
        "/risks/", "/risks/?status=ALL&only=late&only=overdue&band=MEDIUM&q=wrong", "/risks/?format=csv",
        RISKS, f"{RISKS}?format=xlsx", f"{RISKS}heat-map/", f"{RISKS}appetite/",
    ],
)  # fmt: skip
def test_a_list_asks_no_more_for_seven_risks_than_for_one(cast: Cast, address: str) -> None:
    client = client_of(cast.contributor)
    make_appetite(cast.programme)
    more_risks(cast, 1)
    for_one = asked(client, address)
    more_risks(cast, 6)
    assert asked(client, address) == for_one


def test_the_page_of_a_risk_asks_no_more_for_seven_mitigations_than_for_one(cast: Cast, partners_risk: Risk) -> None:
    client, address = client_of(cast.contributor), f"{RISKS}R-0002/"
    make_appetite(cast.programme)
    make_mitigation(partners_risk)
    for_one = asked(client, address)
    for _ in range(6):
        make_mitigation(partners_risk, owner=cast.sro, department=cast.mhclg)
    assert asked(client, address) == for_one
    assert len(for_one) <= 28
