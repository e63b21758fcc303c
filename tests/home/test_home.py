"""The hall: what waits for whom, and the programmes they have a part in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_party, make_programme
from xgov.pages import attention
from xgov.pages.attention import Signal, Waiting
from xgov.records.clock import today


def _page(person) -> str:
    response = client_of(person).get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def test_the_sro_finds_the_programme_they_answer_for_with_their_part_in_it(cast: Cast) -> None:
    page = _page(cast.sro)
    assert "Fewer people sleeping rough" in page
    assert "Senior responsible owner (SRO)" in page


def test_an_outsider_finds_nothing_and_is_told_what_would_be_here(cast: Cast) -> None:
    page = _page(cast.outsider)
    assert "sleeping rough" not in page
    assert "Nothing waits for you" in page
    assert "No programme is open to you yet" in page


def test_an_invitation_waits_for_the_programme_manager_of_the_invited_department(cast: Cast) -> None:
    make_party(cast.programme, cast.dft, status=Party.Status.INVITED, invited_on=today())
    assert "Fewer people sleeping rough" in _page(cast.outsider)
    assert "No programme is open to you yet" in _page(cast.outsider)


@pytest.mark.parametrize("who", ["platform", "administrator"])
def test_a_role_that_sees_no_programme_shows_none_here(cast: Cast, who: str) -> None:
    assert "sleeping rough" not in _page(getattr(cast, who))


def test_the_latest_comes_first_and_what_has_no_date_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(person) -> list[Waiting]:
        return [
            Waiting("Read", "/c"),
            Waiting("Sign", "/b", due=today() + timedelta(days=3)),
            Waiting("Answer", "/a", due=today() - timedelta(days=2)),
        ]

    monkeypatch.setattr(attention, "_waits", [said])
    found = attention.waiting_for(None)
    assert [(item.words, item.days_late) for item in found] == [("Answer", 2), ("Sign", 0), ("Read", 0)]


def test_a_signal_of_nothing_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        attention, "_signals", [lambda person, ids: [Signal(1, 0, "0 risks", "/"), Signal(1, 2, "2", "/")]]
    )
    assert [signal.count for signal in attention.signals_in(None, [1])[1]] == [2]


def test_six_programmes_ask_no_more_than_one(cast: Cast) -> None:
    client = client_of(cast.manager)
    client.get(reverse("home"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("home"))
    for _ in range(5):
        make_programme(cast.mhclg)
    with CaptureQueriesContext(connection) as six:
        client.get(reverse("home"))
    assert len(six) <= len(one)
