"""Somebody opens or reloads an address that only a button leads to."""

import pytest
from django.test import Client

from tests.cast import Cast, client_of
from tests.factories import make_risk
from xgov.accounts.models import User

RISK = "/programmes/RS-001/risks/"


def opened(person: User, address: str) -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/notices/read/", "/notices/"),
        ("/saved-filters/7/remove/", "/saved-filters/"),
        (f"{RISK}R-0001/open/", f"{RISK}R-0001/"),
    ],
)
def test_the_page_says_that_nothing_was_done_and_leads_back_to_the_button(cast: Cast, address: str, back: str) -> None:
    page = opened(cast.manager, address)
    assert "There is no page at this address" in page
    assert "nothing was done now" in page
    assert f'href="{back}">Go to the page that the button is on' in page
    assert "Sign out" in page, "it stands in the frame"


def test_the_answer_is_the_same_whether_there_is_such_a_record_or_not(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor)
    pages = {
        opened(person, f"{RISK}{number}/open/").partition("<main")[2].partition("</main")[0].replace(number, "")
        for person in (cast.manager, cast.outsider)
        for number in ("R-0001", "R-9999")
    }
    assert len(pages) == 1


def test_answers_sent_to_a_page_for_reading_are_answered_in_words_too(cast: Cast) -> None:
    answer = client_of(cast.manager).post("/programmes/RS-001/")
    assert answer.status_code == 405
    page = answer.content.decode()
    assert "This page takes no answers" in page
    assert 'href="/programmes/RS-001/">Read the page' in page


def test_whoever_opens_the_address_of_signing_out_is_asked_first(cast: Cast) -> None:
    client = client_of(cast.manager)
    page = client.get("/sign-out/").content.decode()
    assert "Do you want to sign out?" in page
    assert "You are signed in as Maya Managewell." in page
    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_somebody_who_is_not_signed_in_is_not_asked_whether_to_sign_out(cast: Cast) -> None:
    assert Client().get("/sign-out/").url == "/sign-in/"
