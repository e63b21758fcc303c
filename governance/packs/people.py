"""To whom a pack goes, and as what."""

from dataclasses import dataclass

from governance.models import Board
from programmes.models import Programme
from xgov.access.roles import ROLES
from xgov.accounts.models import Department, User

# Who gets every pack of the programme's boards, besides those who sit on the board. A local default.
ALWAYS_RECEIVE = ("sro", "lead_accounting_officer", "programme_director", "senior_sponsor")


@dataclass(frozen=True)
class Recipient:
    person: User
    capacity: str


def recipients_of(board: Board, programme: Programme, issuer: User) -> list[Recipient]:
    """Everyone who sits on the board today, who answers for the programme, and who issues the pack; each once."""
    found: dict[int, Recipient] = {}
    for person, role in [*_answerable(programme), *_seated(board)]:
        if person.is_active:
            found.setdefault(person.pk, Recipient(person, role))
    if issuer.pk not in found:
        found[issuer.pk] = Recipient(issuer, _capacity_by_membership(issuer, programme))
    return list(found.values())


def _capacity_by_membership(person: User, programme: Programme) -> str:
    """As what somebody acts who neither answers for the programme nor sits on its board."""
    memberships = person.memberships.current().filter(role="programme_manager").select_related("department")
    membership = min(memberships, key=lambda each: each.department != programme.lead, default=None)
    return f"{membership.role_words.label}, {membership.department.short_name}" if membership else person.job_title


def _answerable(programme: Programme) -> list[tuple[User, str]]:
    order = {role: place for place, role in enumerate(ALWAYS_RECEIVE)}
    rows = [row for row in programme.in_post() if row.role in order]
    return [
        (
            row.person,
            ", ".join(filter(None, [str(ROLES[row.role].label), row.department and row.department.short_name])),
        )
        for row in sorted(rows, key=lambda row: (order[row.role], row.pk))
    ]


def _seated(board: Board) -> list[tuple[User, str]]:
    rows = board.appointments.current().select_related("person__home_department")
    return [(row.person, _words(row.role, row.person.home_department)) for row in rows]


def _words(role: str, department: Department | None) -> str:
    label = str(ROLES[role].label)
    return f"{label}, {department.short_name}" if department else label
