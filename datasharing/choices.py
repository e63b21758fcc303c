"""Whom and what a person may choose in the forms: only what they see, only departments they may keep records for."""

from django.db.models import Q, QuerySet

from datasharing.models import Assessment, Dataset
from programmes.models import Appointment, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, Membership, User


def departments_taking_part(programme: Programme) -> QuerySet[Department]:
    return Department.objects.filter(pk__in=programme.parties.accepted().values("department"))


def departments_to_keep_for(user: User, programme: Programme) -> QuerySet[Department]:
    """The departments whose records in the programme the person may keep."""
    taking_part = departments_taking_part(programme)
    if rules.can(user, Permission.MANAGE, programme):
        return taking_part
    return taking_part.filter(pk__in=rules.acting_for(user, Permission.CONTRIBUTE, programme))


def keeps_for_lead(user: User, programme: Programme) -> bool:
    """The lead department keeps the plan and the flows."""
    return programme.lead is not None and departments_to_keep_for(user, programme).contains(programme.lead)


def people_of(programme: Programme) -> QuerySet[User]:
    """Who is appointed to the programme or has a role in a department that takes part."""
    appointed = Appointment.objects.current().filter(programme=programme).values("person")
    members = Membership.objects.current().filter(department__in=departments_taking_part(programme)).values("person")
    return User.objects.filter(Q(pk__in=appointed) | Q(pk__in=members), is_active=True)


def datasets_in_use(user: User, programme: Programme) -> QuerySet[Dataset]:
    return Dataset.objects.visible_to(user).filter(programme=programme).in_use()


def assessments_of(user: User, programme: Programme) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(user).filter(programme=programme)
