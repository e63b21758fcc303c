"""The front door: who gets in, who is refused, and what is written down of it."""

import pytest
from django.test import Client
from django.test.client import Client as Browser
from django.urls import reverse

from tests.cast import Cast
from tests.factories import make_person
from tests.factories.people import PASSWORD
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
