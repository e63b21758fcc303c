"""A form that is sent twice makes one record, or one change."""

import pytest
from django.test import Client

from risks.models import Risk
from tests.at_once import together
from tests.cast import Cast, assemble, client_of
from tests.factories import make_risk
from tests.pages.test_typed import ADD, slip_in
from tests.risks.answers import RISKS, new_risk
from xgov.pages.models import MadeByForm


def test_the_same_answers_sent_twice_lead_to_one_risk(cast: Cast) -> None:
    client = client_of(cast.contributor)
    answers = new_risk(cast) | {"form-slip": slip_in(client.get(ADD).content.decode())}
    first, second = client.post(ADD, answers), client.post(ADD, answers)
    assert first.url == second.url == f"{RISKS}R-0001/"
    assert Risk.objects.count() == 1


def test_other_answers_on_the_same_page_and_the_same_on_another_make_another_risk(cast: Cast) -> None:
    client = client_of(cast.contributor)
    slip = {"form-slip": slip_in(client.get(ADD).content.decode())}
    client.post(ADD, new_risk(cast) | slip)
    assert client.post(ADD, new_risk(cast, title="Another") | slip).url == f"{RISKS}R-0002/"
    again = {"form-slip": slip_in(client.get(ADD).content.decode())}
    assert client.post(ADD, new_risk(cast) | again).url == f"{RISKS}R-0003/"


def test_what_was_refused_is_not_remembered(cast: Cast) -> None:
    client = client_of(cast.contributor)
    slip = {"form-slip": slip_in(client.get(ADD).content.decode())}
    answer = client.post(ADD, new_risk(cast, title="") | slip)
    assert answer.status_code == 200
    assert slip_in(answer.content.decode()) == slip["form-slip"]
    assert not MadeByForm.objects.exists()


def test_a_slip_of_somebody_else_leads_nowhere(cast: Cast) -> None:
    answers = new_risk(cast) | {"form-slip": slip_in(client_of(cast.contributor).get(ADD).content.decode())}
    client_of(cast.contributor).post(ADD, answers)
    assert client_of(cast.manager).post(ADD, answers | {"marking": "OFFICIAL"}).url == f"{RISKS}R-0002/"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_risk() -> None:
    cast = assemble()
    clients = [client_of(cast.contributor) for _press in range(2)]
    answers = new_risk(cast) | {"form-slip": slip_in(clients[0].get(ADD).content.decode())}
    urls: list[str] = []
    wrong = together(*(lambda client=client: urls.append(client.post(ADD, answers).url) for client in clients))
    assert not wrong
    assert urls == [f"{RISKS}R-0001/"] * 2
    assert Risk.objects.count() == 1


def test_the_same_change_sent_twice_is_one_change_and_is_not_taken_for_somebody_elses(cast: Cast) -> None:
    risk, client = make_risk(cast.programme, cast.dwp, cast.contributor), client_of(cast.contributor)
    answers = change_of(risk, cast, client, "Advisers leave")
    first, second = client.post(change_url(risk), answers), client.post(change_url(risk), answers)
    assert first.url == second.url == risk.get_absolute_url()
    assert risk.history.count() == 2


def test_a_change_sent_again_after_somebody_else_changed_it_is_not_taken_for_done(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor)
    client, other = client_of(cast.contributor), client_of(cast.manager)
    answers = change_of(risk, cast, client, "Advisers leave")
    client.post(change_url(risk), answers)
    theirs = change_of(risk, cast, other, "Advisers stay") | {"marking": "OFFICIAL"}
    assert other.post(change_url(risk), theirs).status_code == 302
    answer = client.post(change_url(risk), answers)
    assert "Maya Managewell changed this after you opened it" in answer.content.decode()
    assert Risk.objects.get().title == "Advisers stay"


def change_url(risk: Risk) -> str:
    return f"{risk.get_absolute_url()}change/"


def change_of(risk: Risk, cast: Cast, client: Client, title: str) -> dict[str, object]:
    opened = client.get(change_url(risk))
    hidden = {"form-slip": slip_in(opened.content.decode()), "seen_version": str(Risk.objects.get().lock_version)}
    return new_risk(cast, title=title) | hidden
