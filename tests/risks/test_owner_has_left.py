"""A risk whose owner is no longer of the programme is found: on its page, in the list, at home and in the pack."""

from datetime import UTC, datetime

import pytest
from django.db.models import QuerySet

from programmes.models import Party
from risks.board_sections.appetite import above_appetite
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person, make_risk
from tests.risks.answers import RISKS, text_of
from xgov.accounts.models import Membership, User
from xgov.papers.sections import Brief
from xgov.records.clock import today


@pytest.fixture
def leaver(cast: Cast) -> User:
    person = make_person(name="Leo Leavewell", department=cast.dwp)
    make_membership(person, cast.dwp, "contributor")
    return person


@pytest.fixture
def their_risk(cast: Cast, leaver: User, leads_risk: Risk) -> Risk:
    return make_risk(cast.programme, cast.dwp, leaver, reference="R-0009", title="Nobody minds it")


def found() -> list[str]:
    return [risk.reference for risk in Risk.objects.whose_owner_has_left()]


def test_while_the_owner_is_there_nothing_is_found(their_risk: Risk) -> None:
    assert found() == []


def test_the_risk_of_somebody_whose_role_ended_is_found(their_risk: Risk, leaver: User) -> None:
    QuerySet(Membership).filter(person=leaver).update(until=today())
    assert found() == ["R-0009"]


def test_the_risk_of_somebody_who_may_no_longer_sign_in_is_found(their_risk: Risk, leaver: User) -> None:
    QuerySet(User).filter(pk=leaver.pk).update(is_active=False)
    assert found() == ["R-0009"]


def test_the_risks_of_a_department_that_withdrew_are_found(cast: Cast, their_risk: Risk) -> None:
    QuerySet(Party).filter(department=cast.dwp).update(status="WITHDRAWN", withdrawn_on=today())
    assert found() == ["R-0009"]


def test_it_is_said_on_the_page_in_the_list_and_to_the_board(cast: Cast, their_risk: Risk, leaver: User) -> None:
    QuerySet(Membership).filter(person=leaver).update(until=today())
    client = client_of(cast.manager)
    assert "Leo Leavewell no longer has a role here. Name another owner." in text_of(client.get(f"{RISKS}R-0009/"))
    listed = text_of(client.get(f"{RISKS}?only=left"))
    assert "Nobody minds it" in listed
    assert "Places run out" not in listed
    brief = Brief([cast.programme], None, None, datetime.now(UTC), cast.sro)
    assert above_appetite(brief)["without_owner"] == "The owner of R-0009 has left: another is to be named."
