"""Letting the first person into an installation that has nobody."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import make_department
from xgov.accounts.models import Membership, User

PASSWORD = "a-long-and-odd-one-7"
pytestmark = pytest.mark.django_db


def begin(email: str = "petra@platform.example", department: str = "cabinet-office") -> str:
    said = StringIO()
    call_command("first_administrator", email, name="Petra First", department=department, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def office() -> None:
    make_department("Cabinet Office", "CO", slug="cabinet-office")


def test_the_first_person_sets_a_password_by_the_link_and_can_let_in_others(settings) -> None:
    settings.XGOV_ADDRESS = "https://xgov.example.gov.uk"
    path = re.search(r"https://xgov\.example\.gov\.uk(/password/set/\S+)", begin())[1]
    client = Client()
    form = client.get(path, follow=True)
    client.post(
        form.redirect_chain[-1][0], {"new_password1": "a-long-and-odd-one-7", "new_password2": "a-long-and-odd-one-7"}
    )
    assert (
        client.post("/sign-in/", {"username": "petra@platform.example", "password": "a-long-and-odd-one-7"}).status_code
        == 302
    )
    assert client.get("/departments/cabinet-office/people/add/").status_code == 200


def test_nobody_is_let_in_this_way_once_there_is_an_administrator() -> None:
    begin()
    with pytest.raises(CommandError, match="Somebody is platform administrator already"):
        begin("another@platform.example")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "department", "sentence"),
    [
        ("petra@platform.example", "no-such-office", "There is no open department “no-such-office”"),
        ("petra", "cabinet-office", "valid email|correct format"),
    ],
)
def test_a_wrong_answer_is_refused_in_a_sentence_and_makes_nobody(email: str, department: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        begin(email, department)
    assert not User.objects.exists()
    assert not Membership.objects.exists()
