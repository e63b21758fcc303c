"""What a department that left still sees: what it kept, as it stood on that day."""

import time_machine

from programmes.actions import accept_invitation, decline_invitation, invite_department, withdraw_department
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person, make_risk
from tests.factories.people import SETTING_THE_SCENE
from tests.programmes.addresses import page
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import today


def leave(cast: Cast) -> Party:
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    return withdraw_department(party, by=cast.manager, reason="The policy moved")


def kept(cast: Cast) -> str:
    return page("kept", cast.dwp.slug)


def test_a_department_that_left_reads_what_it_kept_as_it_stood_that_day(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, title="Advisers leave")
    make_risk(cast.programme, cast.moj, cast.viewer, title="Releases are not announced")
    leave(cast)
    with time_machine.travel("2090-01-01T12:00:00Z"), acting(SETTING_THE_SCENE):
        risk.title = "Advisers left long ago"
        risk.save()
        make_risk(cast.programme, cast.dwp, cast.contributor, title="Recorded afterwards")
    client = client_of(cast.contributor)
    assert client.get(page("programme")).status_code == 404
    assert "as it stood on the day it left" in client.get(page("party", cast.dwp.slug)).content.decode()
    text = client.get(kept(cast)).content.decode()
    assert "Advisers leave" in text
    assert "Who can see this: the people of DWP" in text
    assert f"Department in a programme, recorded on {day(today())}" in text
    for hidden in ("Advisers left long ago", "Recorded afterwards", "Releases are not announced"):
        assert hidden not in text


def test_only_a_programme_manager_of_it_reads_what_is_sensitive(cast: Cast, partner_manager) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="A named informant", marking="OFFICIAL_SENSITIVE")
    leave(cast)
    assert "A named informant" not in client_of(cast.contributor).get(kept(cast)).content.decode()
    assert "A named informant" in client_of(partner_manager).get(kept(cast)).content.decode()


def test_nobody_else_reads_it_there(cast: Cast) -> None:
    administrator = make_person("admin@dwp.example", "Ada Administers", cast.dwp)
    make_membership(administrator, cast.dwp, "department_administrator")
    assert client_of(cast.contributor).get(kept(cast)).status_code == 404  # it has not left
    leave(cast)
    for person in (administrator, cast.manager, cast.viewer, cast.centre, cast.outsider, cast.platform):
        assert client_of(person).get(kept(cast)).status_code == 404, person


def test_an_invitation_taken_back_leaves_no_sight(cast: Cast) -> None:
    party = invite_department(cast.programme, cast.dft, by=cast.manager)
    withdraw_department(party, by=cast.manager, reason="The wrong department")
    assert client_of(cast.outsider).get(page("kept", cast.dft.slug)).status_code == 404


def test_six_records_ask_no_more_queries_than_one(cast: Cast, django_assert_max_num_queries) -> None:
    for _number in range(6):
        make_risk(cast.programme, cast.dwp, cast.contributor)
    leave(cast)
    client = client_of(cast.contributor)
    with django_assert_max_num_queries(45):
        client.get(kept(cast))


def test_people_of_a_department_that_left_find_what_it_kept_from_home_and_from_the_department(cast: Cast) -> None:
    leave(cast)
    client = client_of(cast.contributor)
    for address in ("/", cast.dwp.get_absolute_url()):
        text = client.get(address).content.decode()
        assert kept(cast) in text, address
        assert client.get(kept(cast)).status_code == 200
    assert "Programmes this department has left" in client.get(cast.dwp.get_absolute_url()).content.decode()


def test_nobody_else_learns_there_that_it_left(cast: Cast) -> None:
    administrator = make_person("admin@dwp.example", "Ada Administers", cast.dwp)
    make_membership(administrator, cast.dwp, "department_administrator")
    leave(cast)
    for person in (administrator, cast.manager, cast.viewer, cast.centre, cast.outsider, cast.platform):
        for address in ("/", cast.dwp.get_absolute_url()):
            assert kept(cast) not in client_of(person).get(address).content.decode(), (person, address)


def test_a_sensitive_programme_that_was_left_is_named_to_a_programme_manager_of_it_alone(
    cast: Cast, partner_manager
) -> None:
    cast.programme.marking = "OFFICIAL_SENSITIVE"
    with acting(SETTING_THE_SCENE):
        cast.programme.save()
    leave(cast)
    assert kept(cast) not in client_of(cast.contributor).get("/").content.decode()
    text = client_of(partner_manager).get("/").content.decode()
    assert kept(cast) in text
    assert "OFFICIAL-SENSITIVE" in text


def test_a_department_that_is_invited_again_still_reads_what_it_kept_up_to_the_day_it_left(
    cast: Cast, partner_manager
) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Advisers leave")
    leave(cast)
    day_left, client = day(today()), client_of(cast.contributor)

    def reads_it() -> bool:
        client.force_login(cast.contributor, backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(kept(cast)).text
        on_home = f"DWP left on {day_left}" in client.get("/").text
        return f"as they stood at the end of {day_left}" in text and "Advisers leave" in text and on_home

    with time_machine.travel("2090-01-01T12:00:00Z"):
        party = invite_department(cast.programme, cast.dwp, by=cast.manager)
        assert reads_it()
        decline_invitation(party, by=partner_manager, reason="Not now")
        assert reads_it()
        party = invite_department(cast.programme, cast.dwp, by=cast.manager)
        withdraw_department(party, by=cast.manager, reason="A mistake")
        assert reads_it()
        accept_invitation(invite_department(cast.programme, cast.dwp, by=cast.manager), by=partner_manager)
        assert client.get(kept(cast)).status_code == 404  # it is in again
