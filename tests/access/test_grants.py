"""guardian's rows and people's groups follow from the roles held, whoever puts what in by hand."""

from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as PermissionRow
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from programmes.models import Programme, ProgrammeGroupGrant, ProgrammeUserGrant
from tests.cast import Cast
from tests.factories import make_appointment, make_board, make_membership, make_person, make_programme, make_seat
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import dated, groups, memory, rules
from xgov.access.permissions import Permission
from xgov.access.standing import remembering
from xgov.accounts.standing import groups_of, sync_everyone, sync_person
from xgov.accounts.tasks import stand_anew
from xgov.records.acting import acting
from xgov.records.clock import today

DAY = timedelta(days=1)


def check(*arguments: str) -> str:
    said = StringIO()
    call_command("check_grants", *arguments, stdout=said)
    return said.getvalue()


def view_of(programme: Programme) -> PermissionRow:
    return PermissionRow.objects.get(content_type__app_label="programmes", codename="view")


def test_the_check_says_so_when_all_agrees(cast: Cast) -> None:
    assert check().endswith("doors and all people agree.\n")


def test_the_check_changes_nothing_by_itself(cast: Cast) -> None:
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="differ from the roles held"):
        check()
    assert not Group.objects.exists()
    assert not ProgrammeGroupGrant.objects.exists()


def test_a_grant_put_in_by_hand_is_found_and_taken_out(cast: Cast) -> None:
    view = view_of(cast.programme)
    ProgrammeUserGrant.objects.create(user=cast.outsider, permission=view, content_object=cast.programme)
    assert rules.can(cast.outsider, Permission.VIEW, cast.programme)
    with pytest.raises(CommandError, match=r"1 of \d+ doors and 0 people"):
        check()
    assert "Fewer people sleeping rough: 1 too many" in check("--mend")
    assert not rules.can(cast.outsider, Permission.VIEW, cast.programme)
    assert "all people agree" in check()


def test_a_person_put_in_a_group_by_hand_is_found_and_taken_out(cast: Cast) -> None:
    manager = groups_of(cast.mhclg)["programme_manager"]
    cast.outsider.groups.add(manager, Group.objects.create(name="everywhere:centre_of_everything"))
    assert rules.can(cast.outsider, Permission.MANAGE, cast.programme)
    with pytest.raises(CommandError, match=r"0 of \d+ doors and 1 people"):
        check()
    assert f"Person {cast.outsider.pk} should not be in the group department:{cast.mhclg.pk}:programme_manager" in (
        check("--mend")
    )
    assert not rules.can(cast.outsider, Permission.MANAGE, cast.programme)
    assert "all people agree" in check()


def test_a_person_taken_out_of_a_group_by_hand_is_put_back(cast: Cast) -> None:
    cast.viewer.groups.clear()
    assert not rules.can(cast.viewer, Permission.VIEW, cast.programme)
    check("--mend")
    assert rules.can(cast.viewer, Permission.VIEW, cast.programme)


@pytest.mark.parametrize("department", ["none", "one"])
def test_the_database_lets_nobody_say_twice_what_one_person_may_do(cast: Cast, department: str) -> None:
    """Nor where they hold it for no department: one NULL is never equal to another."""
    person = cast.sro if department == "none" else cast.ao
    row = ProgrammeUserGrant.objects.filter(user=person).first()
    assert (row.department is None) == (department == "none")
    again = {"user": person, "permission": row.permission, "department": row.department}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeUserGrant.objects.create(content_object=cast.programme, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeUserGrant.objects.bulk_create([ProgrammeUserGrant(content_object=cast.programme, **again)])


def test_a_permission_that_no_role_knows_is_taken_out_and_breaks_nothing(cast: Cast) -> None:
    strange = PermissionRow.objects.create(
        content_type=view_of(cast.programme).content_type, codename="fly", name="Fly"
    )
    ProgrammeUserGrant.objects.create(user=cast.sro, permission=strange, content_object=cast.programme)
    assert rules.can(cast.sro, Permission.DECIDE, cast.programme)
    assert "1 too many" in check("--mend")


def test_a_role_that_is_no_more_gives_nothing_and_breaks_nothing(cast: Cast) -> None:
    cast.viewer.groups.add(
        Group.objects.create(name="everywhere:emperor"), Group.objects.create(name=f"department:{cast.moj.pk}:emperor")
    )
    assert rules.permissions_on(cast.viewer, cast.programme) == {Permission.VIEW}


def test_somebody_who_may_no_longer_sign_in_stands_in_no_group(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.manager.is_active = False
        cast.manager.save()
    assert sync_person(cast.manager)
    assert not cast.manager.groups.exists()


def test_giving_a_role_within_a_request_is_seen_at_once(cast: Cast) -> None:
    with remembering():
        assert not rules.can(cast.outsider, Permission.VIEW, cast.programme)
        make_membership(cast.outsider, cast.dwp, "viewer")
        assert rules.can(cast.outsider, Permission.VIEW, cast.programme)
        make_appointment(cast.programme, cast.outsider, "auditor")
        assert rules.can(cast.outsider, Permission.AUDIT, cast.programme)


def test_what_is_remembered_in_a_long_job_holds_for_a_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with remembering():
        assert rules.can(cast.viewer, Permission.VIEW, cast.programme)
        cast.viewer.groups.through.objects.all().delete()  # in another process
        assert rules.can(cast.viewer, Permission.VIEW, cast.programme)
        monkeypatch.setattr(memory, "monotonic", lambda: float("inf"))
        assert not rules.can(cast.viewer, Permission.VIEW, cast.programme)


# --- days ------------------------------------------------------------------------------------


def midnight_of(days: int) -> AbstractContextManager:
    return time_machine.travel(f"{today() + days * DAY}T00:00:01Z")


def test_a_role_in_a_department_holds_from_its_first_day_to_the_day_before_its_last(cast: Cast) -> None:
    person = make_person(department=cast.dwp)
    make_membership(person, cast.dwp, "viewer", since=today() + DAY, until=today() + 3 * DAY)
    seen = []
    for days in range(5):
        with midnight_of(days):
            stand_anew()
            seen.append(rules.can(person, Permission.VIEW, cast.programme))
    assert seen == [False, True, True, False, False]


def test_a_seat_on_a_board_begins_and_ends_by_itself(cast: Cast) -> None:
    board = make_board(cast.programme)
    make_seat(board, cast.outsider, "secretary", since=today() + DAY, until=today() + 2 * DAY)
    seen = []
    for days in range(3):
        with midnight_of(days):
            stand_anew()
            seen.append([rules.can(cast.outsider, Permission.VIEW, door) for door in (board, cast.programme)])
    assert seen == [[False, False], [True, True], [False, False]]


def test_only_the_doors_where_something_begins_or_ends_are_derived_anew(cast: Cast) -> None:
    make_programme(cast.mhclg)
    make_appointment(cast.programme, make_person(), "auditor", since=today() + DAY)
    assert dated.doors_turning(today() + DAY, today() + DAY) == [cast.programme]
    assert dated.doors_turning(today() + 2 * DAY, today() + 9 * DAY) == []


def test_putting_everybody_where_they_belong_asks_the_same_for_few_and_for_many(
    cast: Cast, django_assert_max_num_queries
) -> None:
    for _ in range(25):
        make_membership(make_person(department=cast.dwp), cast.dwp, "viewer", since=today() + DAY)
    with midnight_of(1), django_assert_max_num_queries(12):
        assert sync_everyone() == 25
    with midnight_of(1), django_assert_max_num_queries(4):
        assert sync_everyone() == 0
    assert len(groups.drift().surplus) == 25, "today they do not belong there yet"
