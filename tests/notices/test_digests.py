"""The daily mail: at most one a day, only with news, nothing that may not leave, off by choice."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail

from tests.cast import Cast, client_of
from tests.factories import make_mitigation, make_risk
from xgov.notices.models import Digest, Notice
from xgov.notices.tasks import send_digests_of_today
from xgov.notices.telling import tell
from xgov.records.clock import today

pytestmark = pytest.mark.django_db


def letters_to(person) -> list[mail.EmailMessage]:
    return [letter for letter in mail.outbox if letter.to == [person.email]]


@pytest.fixture
def risk(cast: Cast):
    far = today() + timedelta(days=90)
    return make_risk(
        cast.programme, cast.dwp, cast.contributor, reference="R-0001", title="Claims lapse", review_due=far
    )


def _tell(people, risk) -> int:
    return tell(people, "risk_moved", about=risk, words=f"Risk {risk} has moved.", url=risk.get_absolute_url())


def _travel_to(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day}T08:15:00+00:00", tick=False)


def test_a_day_with_three_pieces_of_news_is_one_mail(cast: Cast, risk, settings) -> None:
    settings.XGOV_ADDRESS = "https://xgov.example.gov.uk"
    for _ in range(3):
        _tell([cast.sro], risk)
    send_digests_of_today()
    send_digests_of_today()
    (letter,) = letters_to(cast.sro)
    assert letter.body.count("Risk R-0001 Claims lapse has moved.") == 3
    assert f"https://xgov.example.gov.uk{risk.get_absolute_url()}" in letter.body
    assert letters_to(cast.manager) == []


def test_what_was_mailed_is_not_mailed_again_the_next_day(cast: Cast, risk) -> None:
    _tell([cast.sro], risk)
    send_digests_of_today()
    with _travel_to(today() + timedelta(days=1)):
        send_digests_of_today()
    assert len(letters_to(cast.sro)) == 1


def test_an_owner_is_reminded_before_on_and_after_the_day_and_not_on_the_days_between(cast: Cast, risk) -> None:
    due = risk.review_due
    mailed = []
    for days in range(-9, 16):
        mail.outbox.clear()
        with _travel_to(due + timedelta(days=days)):
            send_digests_of_today()
        mailed += [days for letter in letters_to(cast.contributor) if "Review risk R-0001 Claims" in letter.body]
    assert mailed == [-7, 0, 1, 7, 14]


def test_a_reminder_says_what_is_due_when_and_how_late(cast: Cast, risk) -> None:
    make_mitigation(risk, text="Sign the contract", due=today() - timedelta(days=1))
    send_digests_of_today()
    (letter,) = letters_to(cast.contributor)
    assert letter.subject == "xgov today: 0 new, 1 due, of these 1 late"
    assert "Do what you promised about risk R-0001: Sign the contract, due" in letter.body
    assert "(1 day late)" in letter.body


def test_a_day_on_which_no_mail_could_go_out_is_made_good_on_the_next(cast: Cast, risk) -> None:
    _tell([cast.contributor], risk)
    with _travel_to(risk.review_due - timedelta(days=20)):
        send_digests_of_today()
    mail.outbox.clear()
    with _travel_to(risk.review_due - timedelta(days=5)):  # nothing ran on the day a week before
        send_digests_of_today()
    assert "Review risk R-0001" in letters_to(cast.contributor)[0].body


def test_a_sensitive_record_is_not_named_in_a_mail(cast: Cast) -> None:
    secret = make_risk(
        cast.programme, cast.mhclg, cast.sro, title="A supplier is close to collapse", marking="OFFICIAL_SENSITIVE",
        review_due=today(),
    )  # fmt: skip
    _tell([cast.sro], secret)
    send_digests_of_today()
    (letter,) = letters_to(cast.sro)
    assert "collapse" not in letter.body + letter.subject
    assert "Something happened to a sensitive record." in letter.body
    assert "Look at a sensitive record, due" in letter.body


def test_an_owner_who_lost_sight_of_a_risk_is_not_reminded_of_it(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.outsider, title="Claims lapse", review_due=today())
    send_digests_of_today()
    assert letters_to(cast.outsider) == []


def test_the_mail_is_off_by_choice_and_the_notices_stay(cast: Cast, risk) -> None:
    client = client_of(cast.sro)
    client.post("/notices/email/", {"wanted": "no"})
    assert "The daily email is off." in client.get("/notices/").text
    _tell([cast.sro], risk)
    send_digests_of_today()
    assert letters_to(cast.sro) == []
    assert "Claims lapse has moved" in client.get("/notices/").text
    client.post("/notices/email/", {"wanted": "yes"})
    send_digests_of_today()
    assert len(letters_to(cast.sro)) == 1


def test_no_choice_is_an_error_that_keeps_the_choice(cast: Cast) -> None:
    page = client_of(cast.sro).post("/notices/email/", {"wanted": "sometimes"})
    assert page.status_code == 200
    assert "govuk-error-summary" in page.text


def test_a_mail_that_could_not_be_sent_goes_out_later_the_same_day(cast: Cast, risk, settings) -> None:
    _tell([cast.sro], risk)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    send_digests_of_today()  # nobody listens there
    assert Digest.objects.get().sent_at is None
    assert Notice.objects.unmailed().count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_digests_of_today()  # another worker may still be at it
    assert letters_to(cast.sro) == []
    with time_machine.travel(f"{today()}T23:30:00+00:00", tick=False):
        Digest.objects.update(made_at=Digest.objects.get().made_at - timedelta(hours=1))
        send_digests_of_today()
    assert len(letters_to(cast.sro)) == 1
