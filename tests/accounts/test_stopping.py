"""Somebody leaves: what they hold ends with their account, and what they own is listed for others to take over."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.actions import appoint
from programmes.models import Appointment, Programme
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import (
    make_appointment,
    make_board,
    make_department,
    make_membership,
    make_mitigation,
    make_person,
    make_risk,
    make_seat,
)
from tests.factories.datasharing import make_plan
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts import actions
from xgov.accounts.models import User
from xgov.notices.models import Notice
from xgov.pages.attention import signals_in
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

WEEK = timedelta(days=7)


def stop_url(person: User) -> str:
    return f"/departments/{person.home_department.slug}/people/{person.pk}/stop/"


def words(answer) -> str:
    main = answer.content.decode().partition("<main")[2]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


@pytest.fixture
def leaver(cast: Cast) -> User:
    """Somebody with a role, a post, an appointment that is to begin, two seats, and things of their own."""
    person = make_person("leo@mhclg.example", "Leo Leavewell", cast.mhclg)
    make_membership(person, cast.mhclg, "contributor")
    make_membership(person, cast.dwp, "viewer", since=today() + WEEK)
    make_appointment(cast.programme, person, "programme_director")
    make_appointment(cast.programme, person, "auditor", since=today() + WEEK)
    board = make_board(cast.programme)
    make_seat(board, person)
    make_seat(board, person, "secretary", since=today() + WEEK)
    make_mitigation(make_risk(cast.programme, cast.mhclg, person, title="Nobody minds it"), text="Count the beds")
    make_plan(cast.programme, owner=person)
    return person


def test_everything_held_ends_that_day_with_the_reason_in_one_action(cast: Cast, leaver: User) -> None:
    actions.stop_person(leaver, by=cast.administrator, reason="Left the civil service")
    for rows in (leaver.memberships, leaver.appointments, leaver.board_appointments):
        ended = list(rows.all())
        assert len(ended) == 2
        assert all(row.has_ended and row.until == max(today(), row.since) for row in ended)
        for row in ended:
            newest = row.history.first()
            assert (newest.history_user, newest.history_change_reason) == (cast.administrator, "Left the civil service")
    assert {row.end_reason for row in leaver.appointments.all()} == {"The account was stopped. Left the civil service"}
    assert not grants.drift_at(cast.programme)
    assert not grants.drift_at(make_board(cast.programme))
    assert not cast.programme.user_grants.filter(user=leaver).exists()


def test_whoever_stops_it_reads_beforehand_what_ends_and_what_others_must_take_over(cast: Cast, leaver: User) -> None:
    make_membership(cast.administrator, cast.mhclg, "programme_manager")
    said = words(client_of(cast.administrator).get(stop_url(leaver)))
    ends, left = said.split("What others must take over")
    assert f"Roles in departments {cast.mhclg} Contributor 1 that you may not see." in ends
    assert "Appointments to programmes RS-001 Fewer" in ends or "Appointments to programmes Fewer" in ends
    assert "Programme director" in ends
    assert "Seats on boards" in ends
    assert "Board secretary" in ends
    assert "Posts that need a successor" in left
    assert "Nobody minds it" in left
    assert "Mitigations they have to do Count the beds" in left
    assert "Data-sharing plans they own" in left


def test_an_administrator_who_sees_no_programme_reads_how_many_and_not_where(cast: Cast, leaver: User) -> None:
    said = words(client_of(cast.administrator).get(stop_url(leaver)))
    assert "Appointments to programmes 2 that you may not see." in said
    assert "Posts that need a successor 1 that you may not see." in said
    assert "Risks they own 1 that you may not see." in said
    for hidden in (cast.programme.name, "RS-001", "Nobody minds it", "Count the beds"):
        assert hidden not in said


def test_what_is_left_is_on_the_page_of_the_person_until_somebody_takes_it_over(cast: Cast, leaver: User) -> None:
    client, page = client_of(cast.administrator), stop_url(leaver).removesuffix("stop/")
    assert "What others must take over" not in words(client.get(page))
    client.post(stop_url(leaver), {"reason": "Left"})
    assert "Risks they own 1 that you may not see." in words(client.get(page))
    with acting(SETTING_THE_SCENE):
        risk = Risk.objects.get()
        risk.owner = cast.manager
        risk.save()
    assert "Risks they own" not in words(client.get(page))


def test_those_who_run_the_programme_are_told_of_the_post_and_of_what_is_left(cast: Cast, leaver: User) -> None:
    actions.stop_person(leaver, by=cast.administrator, reason="Left")
    told = Notice.objects.filter(kind="post_vacant")
    assert {notice.person for notice in told} == {cast.manager, cast.sro}
    assert told[0].words == "Leo Leavewell has left: appoint another Programme director."
    signals = {str(signal.words) for signal in signals_in(cast.manager, [cast.programme.pk])[cast.programme.pk]}
    assert signals >= {"1 risk whose owner has left", "1 risk that somebody who has left was to act on"}
    listed = client_of(cast.manager).get("/programmes/RS-001/risks/?only=left_undone")
    assert "Nobody minds it" in listed.content.decode()


def test_an_sro_in_delivery_leaves_too_and_the_programme_says_that_it_has_none(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.status = Programme.Status.DELIVERING
        cast.programme.save()
    actions.stop_person(cast.sro, by=cast.platform, reason="Retired")
    assert not Appointment.objects.current().filter(role="sro").exists()
    page = client_of(cast.manager).get("/programmes/RS-001/").content.decode()
    assert "Nobody is the senior responsible owner (SRO)." in page


def test_whose_term_was_cut_short_for_somebody_who_never_begins_goes_on(cast: Cast) -> None:
    successor = make_person(department=cast.mhclg)
    appoint(cast.programme, successor, "sro", by=cast.manager, since=today() + WEEK, reason="Rotation")
    actions.stop_person(successor, by=cast.administrator, reason="Went elsewhere")
    present = Appointment.objects.get(person=cast.sro)
    assert (present.until, present.end_reason) == (None, "")


def test_somebody_let_in_again_holds_nothing_until_it_is_given_anew(cast: Cast) -> None:
    actions.stop_person(cast.sro, by=cast.platform, reason="On leave.")
    assert not grants.drift_at(cast.programme)
    actions.let_person_in(User.objects.get(pk=cast.sro.pk), by=cast.platform, reason="Back.")
    assert not grants.drift_at(cast.programme)
    assert not rules.can(User.objects.get(pk=cast.sro.pk), Permission.VIEW, cast.programme)


def test_if_one_role_cannot_be_ended_nothing_is(cast: Cast) -> None:
    make_appointment(cast.programme, cast.platform, "auditor")
    administrator = make_person(department=cast.cabinet_office)
    make_membership(administrator, cast.cabinet_office, "department_administrator")
    with pytest.raises(RuleBroken, match="Only a platform administrator can end this role"):
        actions.stop_person(cast.platform, by=administrator, reason="Mine now")
    assert User.objects.get(pk=cast.platform.pk).is_active
    assert cast.platform.appointments.current().exists()


def test_the_page_asks_the_same_for_one_role_and_for_six(cast: Cast, leaver: User) -> None:
    make_membership(cast.manager, cast.mhclg, "department_administrator")
    client = client_of(cast.manager)

    def asked() -> int:
        with CaptureQueriesContext(connection) as asking:
            assert client.get(stop_url(leaver)).status_code == 200
        return len(asking)

    few = asked()
    for _number in range(6):
        make_membership(leaver, make_department(), "viewer")
        make_mitigation(make_risk(cast.programme, cast.mhclg, leaver))
    assert asked() == few
