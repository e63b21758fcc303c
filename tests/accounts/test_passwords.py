"""Passwords are set by their owner alone: signed in, or by a link sent to their address."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.test_sign_in import sign_in
from tests.cast import Cast, client_of
from tests.factories.people import PASSWORD
from xgov.accounts.models import User
from xgov.records.models import Event

NEW = "a wholly different one"
FORGOTTEN = "/password/forgotten/"


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def set_by(link: str, password: str = NEW, again: str = ""):
    client = Client()
    form = client.get(link, follow=True)
    if not form.redirect_chain:
        return form
    return client.post(
        form.redirect_chain[-1][0], {"new_password1": password, "new_password2": again or password}, follow=True
    )


def test_a_forgotten_password_is_set_anew_by_the_link_in_the_mail(cast: Cast) -> None:
    answer = Client().post(FORGOTTEN, {"email": "Manager@mhclg.example"})
    assert answer.url == reverse("accounts:password-link-sent")
    assert "Look in your mail" in Client().get(answer.url).text
    (letter,) = mail.outbox
    assert letter.to == ["manager@mhclg.example"]
    assert "Dear Maya Managewell," in letter.body
    assert "&" not in letter.body
    done = set_by(link_in(letter))
    assert "Your password is set. Sign in with it." in done.text
    assert sign_in("manager@mhclg.example", PASSWORD).status_code == 200
    assert sign_in("manager@mhclg.example", NEW).status_code == 302
    newest = User.objects.get(pk=cast.manager.pk).history.first()
    assert newest.history_change_reason == "Set by a link sent to the person's address"
    assert newest.history_signer == "Maya Managewell"


def test_the_link_works_once(cast: Cast) -> None:
    Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    link = link_in(mail.outbox[0])
    set_by(link)
    assert "This link no longer works" in set_by(link).text


def test_the_link_works_for_three_days(cast: Cast) -> None:
    with time_machine.travel("2026-11-18 09:00+00:00", tick=False):
        Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    with time_machine.travel("2026-11-22 09:00+00:00", tick=False):
        assert "This link no longer works" in set_by(link_in(mail.outbox[0])).text


@pytest.mark.parametrize("link", ["/password/set/Mg/forged-token/", "/password/set/%00/x/", "/password/set/OTk5/a-b/"])
def test_a_forged_link_says_so(db: None, link: str) -> None:
    assert "This link no longer works" in Client().get(link).text


def test_somebody_without_an_account_is_answered_alike_and_gets_no_mail(cast: Cast) -> None:
    answers = [Client().post(FORGOTTEN, {"email": e}).url for e in ("no@one.example", "manager@mhclg.example")]
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["manager@mhclg.example"]]


def test_pressing_twice_sends_one_letter(cast: Cast) -> None:
    for _press in range(2):
        Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    assert len(mail.outbox) == 1
    assert Event.objects.filter(kind="password_link_sent").count() == 1


def test_what_is_no_address_is_said(db: None) -> None:
    answer = Client().post(FORGOTTEN, {"email": "maya"})
    assert "Enter an email address in the correct format" in answer.text


def test_the_link_also_ends_the_wait_after_wrong_guesses(cast: Cast) -> None:
    for guess in range(5):
        sign_in("manager@mhclg.example", f"guess {guess}")
    Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    set_by(link_in(mail.outbox[0]))
    assert sign_in("manager@mhclg.example", NEW).status_code == 302


def test_a_weak_password_is_refused_with_the_reason(cast: Cast) -> None:
    Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    answer = set_by(link_in(mail.outbox[0]), "password")
    assert "too short" in answer.text
    assert sign_in("manager@mhclg.example").status_code == 302


def test_two_passwords_that_differ_are_refused(cast: Cast) -> None:
    Client().post(FORGOTTEN, {"email": "manager@mhclg.example"})
    assert "The two passwords are not the same." in set_by(link_in(mail.outbox[0]), NEW, "another one altogether").text


def test_a_person_changes_their_own_password_and_is_signed_out_elsewhere(cast: Cast) -> None:
    here, elsewhere = client_of(cast.manager), client_of(cast.manager)
    answer = here.post(
        "/account/password/",
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
        follow=True,
    )
    assert "Your password is changed." in answer.text
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert cast.manager.history.first().history_change_reason == "Changed by the person"


def test_the_present_password_is_asked_for(cast: Cast) -> None:
    answer = client_of(cast.manager).post(
        "/account/password/", {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    )
    assert "Your present password is wrong." in answer.text
    assert sign_in("manager@mhclg.example").status_code == 302
