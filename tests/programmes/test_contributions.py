"""What each department does in the programme: said by its own people and by those who run it, at any time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from programmes.actions import (
    accept_invitation,
    change_contribution,
    change_status,
    invite_department,
    withdraw_department,
)
from programmes.changes import changes_since
from programmes.models import Party, Programme
from programmes.set_up import State
from programmes.set_up_tasks import who as who_takes_part
from tests.cast import Cast, client_of
from tests.programmes.addresses import page
from xgov.accounts.models import Department, User
from xgov.papers.sections import Brief
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.errors import ChangedMeanwhile, RuleBroken

WORDS = "Work coaches in all twelve hostels."


def place_of(cast: Cast, department: Department) -> Party:
    return Party.objects.get(programme=cast.programme, department=department)


@pytest.mark.parametrize("who", ["manager", "sro"])
@pytest.mark.parametrize("department", ["mhclg", "dwp"])
def test_those_who_run_the_programme_say_what_each_department_does(cast: Cast, who: str, department: str) -> None:
    person = getattr(cast, who)
    party = place_of(cast, getattr(cast, department))
    change_contribution(party, by=person, contribution=f" {WORDS} ", reason="Agreed at the first meeting")
    party.refresh_from_db()
    newest = party.history.first()
    assert party.contribution == WORDS
    assert (newest.history_signer, newest.history_change_reason) == (person.name, "Agreed at the first meeting")


def test_a_partners_own_people_say_what_it_does_and_nobody_elses(cast: Cast, partner_manager: User) -> None:
    for person in (cast.contributor, partner_manager):
        change_contribution(place_of(cast, cast.dwp), by=person, contribution=f"{WORDS} {person}")
        for other in (cast.mhclg, cast.moj):
            with pytest.raises(PermissionDenied):
                change_contribution(place_of(cast, other), by=person, contribution=WORDS)


@pytest.mark.parametrize("who", ["viewer", "ao", "administrator", "auditor", "centre", "platform", "outsider"])
def test_others_read_it_at_most(cast: Cast, who: str) -> None:
    for department in (cast.mhclg, cast.dwp, cast.moj):
        with pytest.raises(PermissionDenied):
            change_contribution(place_of(cast, department), by=getattr(cast, who), contribution=WORDS)


def test_an_invitation_is_worded_by_those_who_sent_it(cast: Cast) -> None:
    party = invite_department(cast.programme, cast.dft, by=cast.manager, contribution="Stations")
    with pytest.raises(PermissionDenied):
        change_contribution(party, by=cast.outsider, contribution="Less")
    change_contribution(party, by=cast.manager, contribution="Stations and buses")
    text = client_of(cast.outsider).get(page("party", cast.dft.slug)).content.decode()
    assert "Stations and buses" in text
    assert page("contribution", cast.dft.slug) not in text


def test_it_is_not_emptied_nor_said_of_who_has_left(cast: Cast) -> None:
    party = place_of(cast, cast.dwp)
    with pytest.raises(RuleBroken) as refused:
        change_contribution(party, by=cast.manager, contribution="  ")
    assert refused.value.field == "contribution"
    withdraw_department(party, by=cast.manager, reason="Moved")
    with pytest.raises(RuleBroken, match="DWP is not in this programme"):
        change_contribution(party, by=cast.manager, contribution=WORDS)


def test_the_record_of_a_closed_programme_stays_as_it_was(cast: Cast) -> None:
    change_status(cast.programme, Programme.Status.CANCELLED, by=cast.sro, reason="No money")
    with pytest.raises(RuleBroken, match="its record is kept as it was"):
        change_contribution(place_of(cast, cast.dwp), by=cast.manager, contribution=WORDS)


def test_the_second_of_two_people_is_told(cast: Cast) -> None:
    party = place_of(cast, cast.dwp)
    seen = party.lock_version
    change_contribution(party, by=cast.contributor, contribution="Ours.", seen_version=seen)
    with pytest.raises(ChangedMeanwhile) as clash:
        change_contribution(party, by=cast.manager, contribution="Theirs.", seen_version=seen)
    assert clash.value.by == "Conrad Contribute"


def test_a_manager_finds_the_page_from_parties_and_people(cast: Cast) -> None:
    client = client_of(cast.manager)
    lead = page("contribution", cast.mhclg.slug)
    assert lead in client.get(page("people")).content.decode()
    assert lead in client.get(page("party", cast.mhclg.slug)).content.decode()
    assert client.get(lead).status_code == 200
    empty = client.post(lead, {"contribution": " ", "seen_version": "0"}).content.decode()
    assert "Say what the department does in the programme" in empty
    answer = client.post(lead, {"contribution": WORDS, "seen_version": "0"}, follow=True)
    assert "What MHCLG does in the programme is saved." in answer.content.decode()
    assert WORDS in client_of(cast.viewer).get(page("people")).content.decode()


def test_a_partner_is_offered_its_own_and_a_reader_nothing(cast: Cast) -> None:
    def offered(person: User) -> set[str]:
        text = client_of(person).get(page("people")).content.decode()
        return set(re.findall(r"/departments/([a-z-]+)/contribution/", text))

    assert offered(cast.contributor) == {cast.dwp.slug}
    assert offered(cast.viewer) == set()
    assert len(offered(cast.manager)) == 5


def test_two_people_on_the_page_lose_no_words(cast: Cast) -> None:
    address = page("contribution", cast.dwp.slug)
    client_of(cast.contributor).post(address, {"contribution": "Ours.", "seen_version": "0"})
    text = client_of(cast.manager).post(address, {"contribution": "Theirs.", "seen_version": "0"}).content.decode()
    assert "Conrad Contribute changed this on" in text
    assert "Theirs." in text
    assert place_of(cast, cast.dwp).contribution == "Ours."


def test_a_board_is_told_of_it_and_not_that_the_department_joined(cast: Cast) -> None:
    issued = now()
    with time_machine.travel(issued + timedelta(hours=1)):
        change_contribution(place_of(cast, cast.dwp), by=cast.manager, contribution=WORDS)
        invite_department(cast.programme, cast.dft, by=cast.manager)
        programme = Programme.objects.with_parties().get(pk=cast.programme.pk)
        brief = Brief(programmes=[programme], board=None, since=issued, as_at=now(), reader=cast.manager)
        assert changes_since(programme, [], brief) == [f"DWP now does this: {WORDS}", "DFT was invited."]


def test_a_board_is_told_that_a_department_came_back_in_another_part(cast: Cast, partner_manager: User) -> None:
    issued = now()
    with time_machine.travel(issued + timedelta(hours=1)):
        withdraw_department(place_of(cast, cast.dwp), by=cast.manager, reason="Moved")
        invite_department(cast.programme, cast.dwp, "SUPPORT", by=cast.manager)
        accept_invitation(place_of(cast, cast.dwp), by=partner_manager)
        programme = Programme.objects.with_parties().get(pk=cast.programme.pk)
        brief = Brief(programmes=[programme], board=None, since=issued, as_at=now(), reader=cast.manager)
        assert changes_since(programme, [], brief) == [
            "The part of DWP is now “Supporting department”; it was “Partner department”."
        ]


def test_setting_up_asks_until_it_is_said_of_each_core_department(cast: Cast) -> None:
    def task() -> tuple[State, str]:
        programme = Programme.objects.with_parties().get(pk=cast.programme.pk)
        found = next(task for task in who_takes_part(programme) if str(task.label) == "Say what each department does")
        return found.state, str(found.why)

    assert task()[0] == State.NOT_STARTED
    change_contribution(place_of(cast, cast.mhclg), by=cast.manager, contribution=WORDS)
    state, why = task()
    assert state == State.IN_PROGRESS
    assert "DWP" in why
    assert "MHCLG" not in why
    with acting(cast.manager):
        for party in cast.programme.parties.exclude(role="LEAD"):
            party.contribution = WORDS
            party.save()
    assert task() == (State.COMPLETED, "")
