"""The table of roles, row by row: what each may do with the programme and its records, and where."""

from dataclasses import dataclass

import pytest

from governance.models import Board
from programmes.models import Party, Programme
from risks.models import Risk
from tests.access.ground import governed_models
from tests.cast import Cast
from tests.factories import (
    make_appointment,
    make_board,
    make_membership,
    make_party,
    make_person,
    make_programme,
    make_risk,
    make_seat,
)
from xgov.access import rules
from xgov.access.doors import SENSITIVE, door_model
from xgov.access.permissions import DOOR_PERMISSIONS, Permission
from xgov.access.roles import ROLES, HeldThrough
from xgov.accounts.models import Department, User

P = Permission
NOTHING: frozenset[P] = frozenset()
SEES = frozenset({P.VIEW})
SEES_ALL = frozenset({P.VIEW, P.VIEW_SENSITIVE})
RUNS = SEES_ALL | {P.CONTRIBUTE, P.MANAGE, P.ISSUE}


@dataclass
class Row:
    """`programme`: on the programme itself; `own` and `other`: on a risk that their department or another keeps."""

    programme: frozenset[P]
    own: frozenset[P]
    other: frozenset[P]
    sensitive: bool = False  # whether they see what is marked
    board: frozenset[P] = SEES
    department: frozenset[P] = SEES


def member(sees: frozenset[P], keeps: frozenset[P] = NOTHING, **more) -> Row:
    return Row(sees | keeps, own=sees | keeps, other=sees, board=sees | keeps, **more)


IN_THE_LEAD = {
    "viewer": member(SEES),
    "contributor": member(SEES, frozenset({P.CONTRIBUTE})),
    "programme_manager": Row(
        RUNS, RUNS, RUNS, sensitive=True, board=RUNS, department=SEES_ALL | {P.MANAGE, P.CONTRIBUTE}
    ),
    "signatory": member(SEES, frozenset({P.SIGN})),
    "department_administrator": member(NOTHING, department=frozenset({P.VIEW, P.ADMINISTER})),
    "internal_auditor": member(SEES_ALL | {P.AUDIT}, sensitive=True),
    "centre": Row(SEES, SEES, SEES, department=SEES),
    "platform_administrator": member(NOTHING, department=frozenset({P.VIEW, P.ADMINISTER})),
}
IN_A_PARTNER = IN_THE_LEAD | {
    "programme_manager": member(
        SEES_ALL, frozenset({P.CONTRIBUTE}), sensitive=True, department=SEES_ALL | {P.MANAGE, P.CONTRIBUTE}
    ),
}
NOT_IN = {role: member(NOTHING, department=row.department) for role, row in IN_THE_LEAD.items()} | {
    "centre": IN_THE_LEAD["centre"]
}
APPOINTED = {
    "sro": Row(RUNS | {P.DECIDE}, RUNS | {P.DECIDE}, RUNS | {P.DECIDE}, True, RUNS | {P.DECIDE}, NOTHING),
    "lead_accounting_officer": Row(
        SEES_ALL | {P.SIGN, P.DECIDE}, SEES_ALL | {P.SIGN, P.DECIDE}, SEES_ALL | {P.DECIDE}, True,
        SEES_ALL | {P.SIGN, P.DECIDE}, NOTHING,
    ),
    "programme_director": Row(RUNS, RUNS, RUNS, True, RUNS, NOTHING),
    "senior_sponsor": Row(SEES_ALL | {P.SIGN}, SEES_ALL | {P.SIGN}, SEES_ALL, True, SEES_ALL | {P.SIGN}, NOTHING),
    "finance_lead": member(SEES, frozenset({P.CONTRIBUTE}), department=NOTHING),
    "operational_lead": member(SEES, frozenset({P.CONTRIBUTE}), department=NOTHING),
    "data_lead": member(SEES, frozenset({P.CONTRIBUTE}), department=NOTHING),
    "auditor": Row(*3 * [SEES_ALL | {P.AUDIT}], True, SEES_ALL | {P.AUDIT}, NOTHING),
}  # fmt: skip
SEATED = {
    "secretary": Row(SEES, SEES, SEES, board=frozenset({P.VIEW, P.ISSUE, P.MANAGE, P.CONTRIBUTE}), department=NOTHING),
    "board_member": Row(NOTHING, NOTHING, NOTHING, board=SEES, department=NOTHING),
}


@dataclass
class Scene:
    programme: Programme
    board: Board
    cast: Cast

    def risk(self, kept_by: Department, marking: str = "OFFICIAL") -> Risk:
        return make_risk(self.programme, kept_by, self.cast.manager, marking=marking)

    def holds(self, person: User, department: Department, row: Row) -> None:
        other = self.cast.dhsc
        assert rules.permissions_on(person, self.programme) == row.programme
        assert rules.permissions_on(person, self.board) == row.board
        assert rules.permissions_on(person, self.risk(department)) == row.own
        assert rules.permissions_on(person, self.risk(other)) == row.other
        assert rules.permissions_on(person, self.risk(other, SENSITIVE)) == (row.other if row.sensitive else NOTHING)
        assert rules.permissions_on(person, department) == row.department


@pytest.fixture
def scene(cast: Cast) -> Scene:
    programme = make_programme(cast.mhclg, (cast.dwp, cast.dhsc))
    return Scene(programme, make_board(programme), cast)


def held_through(way: HeldThrough) -> set[str]:
    return {key for key, role in ROLES.items() if role.held_through == way}


def test_no_role_is_missing_from_these_tables() -> None:
    for table in (IN_THE_LEAD, IN_A_PARTNER, NOT_IN):
        assert table.keys() == held_through(HeldThrough.MEMBERSHIP)
    assert APPOINTED.keys() == held_through(HeldThrough.PROGRAMME)
    assert SEATED.keys() == held_through(HeldThrough.BOARD)


@pytest.mark.parametrize("role", IN_THE_LEAD)
def test_a_role_in_the_lead_department(scene: Scene, role: str) -> None:
    person = make_person(department=scene.cast.mhclg)
    make_membership(person, scene.cast.mhclg, role)
    scene.holds(person, scene.cast.mhclg, IN_THE_LEAD[role])


@pytest.mark.parametrize("role", IN_A_PARTNER)
def test_a_role_in_a_partner_department(scene: Scene, role: str) -> None:
    person = make_person(department=scene.cast.dwp)
    make_membership(person, scene.cast.dwp, role)
    scene.holds(person, scene.cast.dwp, IN_A_PARTNER[role])


@pytest.mark.parametrize("status", [None, Party.Status.IDENTIFIED, Party.Status.INVITED, Party.Status.DECLINED])
@pytest.mark.parametrize("role", NOT_IN)
def test_a_role_in_a_department_that_has_not_joined(scene: Scene, role: str, status: str | None) -> None:
    if status:
        make_party(scene.programme, scene.cast.dft, status=status)
    person = make_person(department=scene.cast.dft)
    make_membership(person, scene.cast.dft, role)
    scene.holds(person, scene.cast.dft, NOT_IN[role])


@pytest.mark.parametrize("role", APPOINTED)
def test_an_appointment_to_the_programme(scene: Scene, role: str) -> None:
    person = make_person(department=scene.cast.dwp)
    department = scene.cast.dwp if ROLES[role].for_a_department else None
    make_appointment(scene.programme, person, role, department=department)
    scene.holds(person, scene.cast.dwp, APPOINTED[role])


@pytest.mark.parametrize("role", SEATED)
def test_a_seat_on_a_board(scene: Scene, role: str) -> None:
    person = make_person(department=scene.cast.dft)
    make_seat(scene.board, person, role)
    scene.holds(person, scene.cast.dft, SEATED[role])


def test_the_platform_administrator_reads_nothing_that_stands_behind_a_programme(scene: Scene, ground) -> None:
    """Not even through the window of a department, which they look after."""
    platform = scene.cast.platform
    for model in governed_models():
        seen = model._base_manager.visible_to(platform)
        assert door_model(model) is Department or not seen.exists(), model


def test_a_department_administrator_sees_their_own_departments_people_and_no_invitation(ground) -> None:
    administrator = ground.people["partner's administrator"]
    for model in governed_models():
        seen = model._base_manager.visible_to(administrator)
        assert door_model(model) is Department or not seen.exists(), model
    assert set(Department.objects.visible_to(administrator)) == {ground.cast.dwp}
    assert rules.permissions_on(administrator, ground.cast.mhclg) == NOTHING


def test_whoever_sees_what_is_marked_sees_the_rest() -> None:
    """The rule relies on it."""
    for role in ROLES.values():
        for given in (role.permissions, role.permissions_as(lead=False), role.at_department, role.at_programme):
            assert P.VIEW in given or P.VIEW_SENSITIVE not in given, role.key
        for given in role.everywhere.values():
            assert P.VIEW in given or P.VIEW_SENSITIVE not in given, role.key


def test_every_door_offers_the_same_nine_permissions() -> None:
    doors = [model for model in governed_models() if model.door == "self"]
    assert len(P) == 9
    assert len(doors) == 3
    assert all(door._meta.permissions == DOOR_PERMISSIONS for door in doors)
