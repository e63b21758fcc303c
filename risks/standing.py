"""Who can own a risk and which departments can keep one, in one programme."""

from django.db.models import Exists, OuterRef, QuerySet

from programmes.models import Appointment, Party, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, Membership, User


def departments_in(programme: Programme) -> QuerySet[Department]:
    """The departments that have joined the programme."""
    return Department.objects.filter(pk__in=Party.objects.accepted().filter(programme=programme).values("department"))


def departments_to_keep_for(person: User, programme: Programme) -> QuerySet[Department]:
    """The departments for which the person may keep records here: their own, or all that have joined."""
    joined = departments_in(programme)
    if rules.can(person, Permission.MANAGE, programme):
        return joined
    return joined.filter(pk__in=rules.acting_for(person, Permission.CONTRIBUTE, programme))


def possible_owners(programme: Programme) -> QuerySet[User]:
    """People with a role today in a department that has joined, or appointed to the programme (rule RSK-2)."""
    joined = Party.objects.accepted().filter(programme=programme).values("department")
    members = Membership.objects.current().filter(person=OuterRef("pk"), department__in=joined)
    appointed = Appointment.objects.current().filter(person=OuterRef("pk"), programme=programme)
    return User.objects.filter(Exists(members) | Exists(appointed), is_active=True)
