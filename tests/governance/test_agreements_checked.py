"""A text is read once more before it is opened for signature: exactly that text, for exactly those departments."""

from governance.actions import agreements
from governance.models import Agreement, AgreementVersion
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm
from tests.factories import make_party
from tests.factories.agreements import make_agreement, make_open_version, settle_clause
from tests.governance.test_agreements_pages import address

OPEN = ("open-version", "A-001")
CHECK = "Check before you open it for signature"


def is_open() -> bool:
    return AgreementVersion.objects.filter(status="OPEN_FOR_SIGNATURE").exists()


def test_the_first_version_asks_nothing_and_shows_what_will_be_signed_by_whom(cast: Cast) -> None:
    make_agreement(cast.programme, cast.manager)
    shown = client_of(cast.manager).get(address(*OPEN, 1))
    page = shown.content.decode()
    assert CHECK in page
    assert "Department for Work and Pensions (partner department)" in page
    assert "Nobody has to sleep rough more than once." in page
    assert not is_open()
    answer = confirm(client_of(cast.manager), address(*OPEN, 1), shown, follow=True)
    assert "The text is fixed." in answer.content.decode()
    assert is_open()


def test_a_clause_changed_meanwhile_is_not_opened_unread(cast: Cast) -> None:
    version = make_agreement(cast.programme, cast.manager).current
    client = client_of(cast.manager)
    shown = client.get(address(*OPEN, 1))
    settle_clause(version.clauses.get(key="money"), cast.sro, "MHCLG pays four million pounds.")
    again = confirm(client, address(*OPEN, 1), shown)
    page = again.content.decode()
    assert "The text has changed." in page
    assert "MHCLG pays four million pounds." in page
    assert not is_open()
    assert confirm(client, address(*OPEN, 1), again).status_code == 302
    assert is_open()


def test_a_department_that_joined_meanwhile_stops_it(cast: Cast) -> None:
    make_agreement(cast.programme, cast.manager)
    client = client_of(cast.manager)
    shown = client.get(address(*OPEN, 1))
    make_party(cast.programme, cast.dft)
    page = confirm(client, address(*OPEN, 1), shown).content.decode()
    assert "The departments that sign has changed." not in page
    assert "Fill in again from the record" in page
    assert not is_open()


def test_a_later_version_shows_what_is_said_of_its_change(cast: Cast) -> None:
    agreements.withdraw_version(make_open_version(cast.programme, cast.manager), by=cast.manager, reason="A figure")
    agreements.start_version(Agreement.objects.get(), by=cast.manager)
    client = client_of(cast.manager)
    assert CHECK not in client.get(address(*OPEN, 2)).content.decode()
    refused = client.post(address(*OPEN, 2), {"change_summary": ""})
    assert "change_summary" in refused.context["form"].errors
    shown = client.post(address(*OPEN, 2), {"change_summary": "The figure is right now."})
    assert CHECK in shown.content.decode()
    assert "The figure is right now." in shown.content.decode()
    assert (
        answer_and_confirm(client, address(*OPEN, 2), {"change_summary": "The figure is right now."}).status_code == 302
    )
    assert AgreementVersion.objects.get(status="OPEN_FOR_SIGNATURE").change_summary == "The figure is right now."


def test_a_text_that_is_open_is_not_opened_twice(cast: Cast) -> None:
    make_open_version(cast.programme, cast.manager)
    page = client_of(cast.manager).post(address(*OPEN, 1), {"check-confirmed": "1"}, follow=True).content.decode()
    assert "The text of version 1 is fixed." in page
