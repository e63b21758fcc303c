"""What somebody typed outlives their session, and is nobody else's."""

import re

import pytest
import time_machine
from django.test import Client

from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories.people import PASSWORD
from tests.risks.answers import RISKS, new_risk, text_of
from xgov.accounts.models import User
from xgov.accounts.tasks import forget_sessions

ADD = f"{RISKS}add/"
SIGN_IN = "/sign-in/"
TITLE = 'value="Release dates reach councils too late"'


def slip_in(page: str) -> str:
    return re.search(r'name="form-slip" value="([^"]+)"', page)[1]


def typed(cast: Cast, client: Client) -> dict[str, str]:
    return {
        **new_risk(cast), "review_due_day": "3", "review_due_month": "12", "review_due_year": "2099",
        "form-slip": slip_in(client.get(ADD).content.decode()),
    }  # fmt: skip


def sign_in(client: Client, person: User, page: str):
    return client.post(SIGN_IN, {"username": person.email, "password": PASSWORD, "next": page}, follow=True)


def test_what_was_typed_in_a_session_that_ended_stands_in_the_form_after_signing_in(cast: Cast) -> None:
    client = client_of(cast.contributor)
    answers = typed(cast, client)
    del client.cookies["sessionid"]
    answer = client.post(ADD, answers, follow=True)
    assert answer.redirect_chain == [(f"{SIGN_IN}?next={ADD}", 302)]
    assert "what you typed is still there" in text_of(answer)
    page = sign_in(client, cast.contributor, ADD).content.decode()
    assert TITLE in page
    assert "Dates change late." in page
    assert "Nothing has been saved" in page
    form = client.get(ADD).content.decode()
    assert TITLE not in form, "it is handed back once"
    assert not Risk.objects.exists()


def test_what_was_typed_is_not_shown_to_another_person_at_the_same_browser(cast: Cast) -> None:
    client = client_of(cast.contributor)
    answers = typed(cast, client)
    del client.cookies["sessionid"]
    client.post(ADD, answers)
    assert TITLE not in sign_in(client, cast.manager, ADD).content.decode()
    assert "typed" not in client.session or not client.session["typed"]


def test_what_was_typed_is_kept_for_an_hour(cast: Cast) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as clock:
        client = client_of(cast.contributor)
        answers = typed(cast, client)
        del client.cookies["sessionid"]
        client.post(ADD, answers)
        clock.shift(3601)
        assert TITLE not in sign_in(client, cast.contributor, ADD).content.decode()


@pytest.mark.parametrize(
    "changed", [{"form-slip": ""}, {"form-slip": "made-up"}, {"new_password": "secret"}, {"cause": "x" * 100_001}]
)
def test_nothing_is_kept_of_what_is_no_form_of_ours_or_a_password_or_endless(cast: Cast, changed: dict) -> None:
    client = client_of(cast.contributor)
    answers = typed(cast, client) | changed
    del client.cookies["sessionid"]
    assert client.post(ADD, answers).status_code == 302
    assert "sessionid" not in client.cookies or not client.session.get("typed")
    assert TITLE not in sign_in(client, cast.contributor, ADD).content.decode()


def test_a_form_that_has_expired_keeps_what_was_typed_too(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.contributor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(ADD, typed(cast, client) | {"csrfmiddlewaretoken": "of another day"})
    assert answer.status_code == 403
    assert "What you typed is kept" in text_of(answer)
    assert f'href="{ADD}"' in answer.content.decode()
    page = client.get(ADD).content.decode()
    assert TITLE in page
    assert not Risk.objects.exists()


def test_what_was_typed_to_change_a_record_does_not_undo_what_was_changed_meanwhile(cast: Cast) -> None:
    client = client_of(cast.contributor)
    client.post(ADD, new_risk(cast))
    change = f"{RISKS}R-0001/change/"
    answers = new_risk(cast, title="By the partner") | {
        "seen_version": str(client.get(change).context["form"]["seen_version"].value()),
        "form-slip": slip_in(client.get(change).content.decode()),
    }
    del client.cookies["sessionid"]
    client.post(change, answers)
    other = client_of(cast.manager)
    seen = str(other.get(change).context["form"]["seen_version"].value())
    said = new_risk(cast, title="By the manager") | {"marking": "OFFICIAL", "seen_version": seen}
    assert other.post(change, said).status_code == 302
    form = sign_in(client, cast.contributor, change).context["form"]
    assert (form["title"].value(), str(form["seen_version"].value())) == ("By the partner", answers["seen_version"])
    answer = client.post(change, answers)
    assert "changed this after you opened it" in text_of(answer)


def test_sessions_that_have_run_out_are_not_kept(cast: Cast) -> None:
    from django.contrib.sessions.models import Session

    client_of(cast.manager)
    with time_machine.travel("2099-01-01T09:00:00Z"):
        forget_sessions()
        assert not Session.objects.exists()
