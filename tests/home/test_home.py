"""The hall: what waits for whom, and the programmes they have a part in."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions.boards import close_board
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_board, make_party, make_programme, make_risk, make_seat
from tests.factories.agreements import make_agreement
from xgov.pages import attention
from xgov.pages.attention import Signal, Waiting
from xgov.records.acting import acting
from xgov.records.clock import now, today


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


def test_what_changed_last_stands_newest_first_with_who_and_what_and_the_way_to_it(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, title="Beds open late")
    risk.title = "Beds open too late"
    with acting(cast.contributor, "It is worse"):
        risk.save()
    page = client_of(cast.viewer).get(reverse("home"))
    newest = page.context["changed"][0]
    assert (newest.url, newest.by, newest.door) == (risk.get_absolute_url(), "Conrad Contribute", str(cast.programme))
    assert "Beds open too late" in newest.title
    assert len(page.context["changed"]) == 10
    moments = [item.when for item in page.context["changed"]]
    assert moments == sorted(moments, reverse=True)
    assert "Recently changed" in page.content.decode()


@pytest.mark.parametrize(("who", "told"), [("viewer", False), ("centre", False), ("outsider", False), ("sro", True)])
def test_a_sensitive_change_is_told_to_those_alone_who_may_see_it(cast: Cast, who: str, told: bool) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Nobody may hear of it", marking="OFFICIAL_SENSITIVE")
    page = _page(getattr(cast, who))
    assert ("Nobody may hear of it" in page) is told
    assert ("OFFICIAL-SENSITIVE" in page) is told


def test_what_was_sensitive_when_it_changed_stays_untold_though_it_is_open_now(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, title="A secret name", marking="OFFICIAL_SENSITIVE")
    risk.title, risk.marking = "An open name", "OFFICIAL"
    with acting(cast.manager, "No longer sensitive"):
        risk.save()
    assert "A secret name" not in _page(cast.viewer)
    assert "An open name" in _page(cast.viewer)


def test_published_returns_and_what_changed_long_ago_are_left_out_of_the_changes(cast: Cast) -> None:
    make_programme(cast.mhclg, name="A published return", origin="PORTFOLIO_RETURN")
    assert "A published return" not in _page(cast.centre)
    with time_machine.travel(now() + timedelta(days=31)):
        page = _page(cast.viewer)
    assert "Nothing has changed in your programmes in the last 30 days." in page


def test_what_follows_from_another_change_is_no_news_of_its_own(cast: Cast) -> None:
    make_agreement(cast.programme, cast.manager)
    told = client_of(cast.manager).get(reverse("home")).context["changed"]
    kinds = {item.kind for item in told}
    assert "version of an agreement" in kinds
    assert "clause" not in kinds


def test_who_sits_on_a_board_and_sees_no_programme_finds_the_board(cast: Cast) -> None:
    board, ended, closed = (make_board(cast.programme, name=f"{name} board") for name in ("Joint", "Former", "Closed"))
    make_seat(board, cast.outsider)
    make_seat(ended, cast.outsider, since=today() - timedelta(days=9), until=today())
    make_seat(closed, cast.outsider)
    close_board(closed, by=cast.manager, reason="Done")
    text = client_of(cast.outsider).get("/").text
    assert f'<a class="govuk-link" href="{board.get_absolute_url()}">Joint board</a>' in text
    assert "Former board" not in text
    assert "Closed board" not in text
    assert "Your boards" not in client_of(cast.manager).get("/").text
