"""Who can own a risk and which departments can keep one, in one programme."""

from django.db.models import Exists, OuterRef, QuerySet

from programmes.models import Appointment, Party, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.accounts.models import Department, Membership, User
from xgov.records.fields import Marking


def departments_in(programme: Programme) -> QuerySet[Department]:
    """The departments that have joined the programme."""
    return Department.objects.filter(pk__in=Party.objects.accepted().filter(programme=programme).values("department"))


def departments_to_keep_for(person: User, programme: Programme) -> QuerySet[Department]:
    """The departments for which the person may keep records here: their own, or all that have joined."""
    joined = departments_in(programme)
    if rules.can(person, Permission.MANAGE, programme):
        return joined
    return joined.filter(pk__in=rules.acting_for(person, Permission.CONTRIBUTE, programme))


def _whose_role(*permissions: Permission) -> list[str]:
    """The roles that may own: those who see the record, and are not there to look only on behalf of others."""
    return [
        key
        for key, role in ROLES.items()
        if role.permissions >= set(permissions) and Permission.AUDIT not in role.permissions
    ]


def possible_owners(programme: Programme, marking: str = Marking.OFFICIAL) -> QuerySet[User]:
    """People with a role today in a department that has joined, or appointed to the programme (rule RSK-2).

    The role lets them see what they would own: one of an administrator or an auditor is none.
    """
    needed = [Permission.VIEW, *([Permission.VIEW_SENSITIVE] if marking == Marking.OFFICIAL_SENSITIVE else [])]
    roles = _whose_role(*needed)
    joined = Party.objects.accepted().filter(programme=programme).values("department")
    members = Membership.objects.current().filter(person=OuterRef("pk"), department__in=joined, role__in=roles)
    appointed = Appointment.objects.current().filter(person=OuterRef("pk"), programme=programme, role__in=roles)
    return User.objects.filter(Exists(members) | Exists(appointed), is_active=True)
