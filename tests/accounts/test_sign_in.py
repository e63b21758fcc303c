"""The front door: who gets in, who is refused, and what is written down of it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.test.client import Client as Browser
from django.urls import reverse

from tests.cast import Cast
from tests.factories import make_person
from tests.factories.people import PASSWORD
from xgov.accounts.guesses import client_address
from xgov.accounts.models import User
from xgov.records.acting import acting, system_signer
from xgov.records.models import Event

SIGN_IN = "/sign-in/"


def sign_in(email: str, password: str = PASSWORD, client: Browser | None = None, **more: str):
    return (client or Client()).post(SIGN_IN, {"username": email, "password": password, **more})


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_a_person_signs_in_and_out_and_both_are_events(cast: Cast) -> None:
    client = Client()
    answer = sign_in("manager@mhclg.example", client=client)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").wsgi_request.user == cast.manager
    assert client.post(reverse("accounts:sign-out")).url == SIGN_IN
    assert client.get("/").status_code == 302
    assert kinds() == ["signed_in", "signed_out"]
    assert Event.objects.first().person_id == cast.manager.pk


def test_an_address_is_the_same_in_capitals(cast: Cast) -> None:
    assert sign_in("Manager@MHCLG.example").status_code == 302


def test_a_wrong_password_is_refused_in_words_and_is_an_event(cast: Cast) -> None:
    answer = sign_in("manager@mhclg.example", "wrong")
    assert answer.status_code == 200
    assert "The email address or the password is wrong." in answer.text
    assert "Error: Sign in" in answer.text
    event = Event.objects.get()
    assert (event.kind, event.words, event.person_id) == ("sign_in_failed", "manager@mhclg.example", None)


def test_the_answer_does_not_tell_whether_somebody_has_an_account(cast: Cast) -> None:
    words = [sign_in(email, "wrong").text.count("is wrong.") for email in ("manager@mhclg.example", "no@one.example")]
    assert words[0] == words[1] > 0


def test_somebody_whose_account_is_stopped_is_refused(db: None) -> None:
    person = make_person("left@mhclg.example", is_active=False)
    assert sign_in(person.email).status_code == 200
    assert kinds() == ["sign_in_failed"]


def test_after_five_wrong_guesses_even_the_right_password_waits(cast: Cast) -> None:
    for guess in range(4):
        assert sign_in("manager@mhclg.example", f"guess {guess}").status_code == 200
    fifth = sign_in("manager@mhclg.example", "guess 5")
    assert fifth.status_code == 429
    assert "Too many attempts to sign in" in fifth.text
    assert "15 minutes" in fifth.text
    assert sign_in("manager@mhclg.example").status_code == 429
    assert sign_in("contributor@dwp.example").status_code == 302


def guess_at(email: str, place: str, **headers: str):
    return Client(REMOTE_ADDR=place, **headers).post(SIGN_IN, {"username": email, "password": "a guess"})


def test_whoever_tries_one_account_after_another_from_one_place_has_to_wait(cast: Cast, settings) -> None:
    settings.XGOV_GUESSES_FROM_ONE_PLACE = 20
    for number in range(19):
        assert guess_at(f"person{number}@dwp.example", "198.51.100.7").status_code == 200
    last = guess_at("person19@dwp.example", "198.51.100.7")
    assert last.status_code == 429
    assert "Too many wrong passwords came from your network" in last.text
    assert "15 minutes" in last.text
    assert sign_in("manager@mhclg.example", client=Client(REMOTE_ADDR="198.51.100.7")).status_code == 429
    assert sign_in("manager@mhclg.example", client=Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_nobody_is_kept_out_by_what_others_try_from_elsewhere(cast: Cast) -> None:
    for _guess in range(6):
        answer = guess_at("manager@mhclg.example", "198.51.100.7")
    assert answer.status_code == 429
    assert "this account is closed to you" in answer.text
    assert sign_in("manager@mhclg.example", client=Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_colleagues_who_try_meanwhile_do_not_make_the_wait_longer(cast: Cast, settings) -> None:
    settings.XGOV_GUESSES_FROM_ONE_PLACE = 8
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC), tick=False):
        for number in range(8):
            guess_at(f"person{number}@dwp.example", "198.51.100.7")
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, 14, tzinfo=dt.UTC), tick=False):
        assert sign_in("manager@mhclg.example", client=Client(REMOTE_ADDR="198.51.100.7")).status_code == 429
    with time_machine.travel(dt.datetime(2026, 11, 2, 9, 16, tzinfo=dt.UTC), tick=False):
        assert sign_in("manager@mhclg.example", client=Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_behind_a_proxy_guesses_are_counted_where_the_person_is(cast: Cast, settings) -> None:
    settings.XGOV_PROXIES = 1
    for number in range(5):
        forged = f"192.0.2.{number}, 198.51.100.7"
        answer = guess_at("manager@mhclg.example", "10.0.0.1", HTTP_X_FORWARDED_FOR=forged)
    assert answer.status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert sign_in("manager@mhclg.example", client=elsewhere).status_code == 302


def test_without_a_proxy_nobody_gets_more_guesses_by_naming_another_place(cast: Cast) -> None:
    for number in range(5):
        answer = guess_at("manager@mhclg.example", "198.51.100.7", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("proxies", "header", "place"),
    [
        (1, "203.0.113.9", "203.0.113.9"), (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"), (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"), (1, "2001:db8::1", "2001:db8::1"), (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"), (0, "203.0.113.9", "10.0.0.1"),
    ],
)  # fmt: skip
def test_the_place_is_the_one_that_our_own_proxy_saw(rf, settings, proxies: int, header: str, place: str) -> None:
    settings.XGOV_PROXIES = proxies
    request = rf.get(SIGN_IN, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == place


def test_writing_the_address_differently_gives_no_more_guesses(cast: Cast) -> None:
    spellings = ["manager@mhclg.example", "MANAGER@mhclg.example", "Manager@mhclg.example", " manager@mhclg.example"]
    for spelling in [*spellings, "manager@MHCLG.example"]:
        answer = sign_in(spelling, "wrong")
    assert answer.status_code == 429


def test_signing_in_forgets_earlier_mistakes(cast: Cast) -> None:
    for _round in range(2):
        for guess in range(4):
            assert sign_in("manager@mhclg.example", f"guess {guess}").status_code == 200
        assert sign_in("manager@mhclg.example").status_code == 302


def test_after_signing_in_one_is_where_one_wanted_to_go(cast: Cast) -> None:
    client = Client()
    asked = client.get("/departments/?kind=COURT")
    assert asked.url == "/sign-in/?next=/departments/%3Fkind%3DCOURT"
    shown = client.get(asked.url)
    assert 'name="next" value="/departments/?kind=COURT"' in shown.text
    answer = sign_in("manager@mhclg.example", client=client, next="/departments/?kind=COURT")
    assert answer.url == "/departments/?kind=COURT"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(cast: Cast, elsewhere: str) -> None:
    assert elsewhere not in Client().get(SIGN_IN, {"next": elsewhere}).text
    assert sign_in("manager@mhclg.example", next=elsewhere).url == "/"


def test_somebody_who_is_signed_in_needs_no_sign_in_page(cast: Cast) -> None:
    client = Client()
    sign_in("manager@mhclg.example", client=client)
    assert client.get(SIGN_IN).url == "/"


def test_signing_out_after_the_session_has_ended_is_no_error(db: None) -> None:
    assert Client().post(reverse("accounts:sign-out")).url == SIGN_IN


def test_a_password_is_hashed_anew_at_a_sign_in_when_the_hasher_is_newer(cast: Cast, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]
    assert sign_in("manager@mhclg.example").status_code == 302
    person = User.objects.get(pk=cast.manager.pk)
    assert person.password.startswith("scrypt")
    assert person.history.first().history_signer == "Maya Managewell"


def test_the_demonstration_alone_names_its_people(cast: Cast, monkeypatch) -> None:
    from xgov.accounts import sign_in_notices
    from xgov.demo.sign_in_notices import people_of_the_demonstration

    monkeypatch.setattr(sign_in_notices, "_notices", [])
    assert "People of the demonstration" not in Client().get(SIGN_IN).text
    sign_in_notices.on_sign_in_page(people_of_the_demonstration)
    shown = Client().get(SIGN_IN).text
    for person in cast.everyone().values():
        assert person.email in shown
    assert shown.count('name="password"') == 11


def test_a_session_ends_when_the_account_is_stopped(cast: Cast) -> None:
    client = Client()
    sign_in("manager@mhclg.example", client=client)
    with acting(system_signer("Setting the scene")):
        cast.manager.is_active = False
        cast.manager.save()
    assert client.get("/departments/").url.startswith(SIGN_IN)
