"""Telling people of what happened: whom, how often, and what they may not be told."""

from datetime import timedelta

import pytest
import time_machine

from tests.cast import Cast, client_of
from tests.factories import make_risk
from xgov.notices.models import Notice
from xgov.notices.telling import tell
from xgov.records.acting import acting
from xgov.records.clock import now

pytestmark = pytest.mark.django_db


def _tell(people, risk, **more) -> int:
    return tell(people, "risk_moved", about=risk, words=f"Risk {risk} has moved.", url=risk.get_absolute_url(), **more)


@pytest.fixture
def risk(cast: Cast):
    return make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0001", title="Claims lapse")


@pytest.fixture
def sensitive_risk(cast: Cast):
    return make_risk(cast.programme, cast.mhclg, cast.sro, title="A supplier", marking="OFFICIAL_SENSITIVE")


def test_who_is_told_finds_it_on_their_page_with_a_link(cast: Cast, risk) -> None:
    assert _tell([cast.sro, cast.manager], risk, where=cast.programme.name) == 2
    page = client_of(cast.sro).get("/notices/").text
    assert "Risk R-0001 Claims lapse has moved." in page
    assert f'href="{risk.get_absolute_url()}"' in page
    assert "1 new notice" in client_of(cast.sro).get("/").text
    assert "has moved" not in client_of(cast.contributor).get("/notices/").text


def test_nobody_is_told_of_what_they_may_not_see(cast: Cast, risk, sensitive_risk) -> None:
    assert _tell([cast.outsider, cast.platform], risk) == 0
    assert _tell([cast.contributor, cast.centre, cast.sro], sensitive_risk) == 1
    assert Notice.objects.get().person == cast.sro


def test_a_notice_about_a_record_that_is_no_longer_open_to_the_person_keeps_its_words_to_itself(
    cast: Cast, risk
) -> None:
    Notice.objects.create(
        person=cast.outsider, kind="x", words="Risk Claims lapse has moved.", url=risk.get_absolute_url(),
        about_model="risks.Risk", about_id=risk.pk,
    )  # fmt: skip
    page = client_of(cast.outsider).get("/notices/").text
    assert "no longer open to you" in page
    assert "Claims lapse" not in page
    assert risk.get_absolute_url() not in page


def test_who_was_told_lately_is_not_told_again_until_the_quiet_is_over(cast: Cast, risk) -> None:
    quiet = {"quiet_key": "escalation:1:SRO", "quiet_days": 7}
    with time_machine.travel(now() - timedelta(days=8), tick=False):
        assert _tell([cast.sro], risk, **quiet) == 1
    assert _tell([cast.sro, cast.manager], risk, **quiet) == 2
    assert _tell([cast.sro, cast.manager], risk, **quiet) == 0
    assert _tell([cast.sro], risk) == 1  # without a key there is no quiet


def test_somebody_whose_account_is_stopped_is_told_nothing(cast: Cast, risk) -> None:
    cast.manager.is_active = False
    with acting(cast.platform, "They have left."):
        cast.manager.save()
    assert _tell([cast.manager], risk) == 0


def test_marking_as_read_leaves_what_came_while_the_page_was_open(cast: Cast, risk) -> None:
    _tell([cast.sro], risk)
    client = client_of(cast.sro)
    newest = Notice.objects.get().pk
    _tell([cast.sro], risk)
    _tell([cast.manager], risk)
    client.post("/notices/read/", {"newest": newest})
    assert Notice.objects.unread().filter(person=cast.sro).count() == 1
    assert Notice.objects.unread().filter(person=cast.manager).count() == 1
    assert client.post("/notices/read/", {"newest": "²"}).status_code == 302
    assert Notice.objects.unread().filter(person=cast.sro).count() == 1
