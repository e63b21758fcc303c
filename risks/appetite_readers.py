"""Who may read what a department agreed for itself: its own people, and those who answer for a programme it is in."""

from programmes.models import Appointment, Party
from risks.models import DepartmentAppetite
from risks.querysets import AppetiteQuerySet
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User


def may_read_appetite_of(department: Department, person: User) -> bool:
    return rules.can(person, Permission.VIEW, department) or _is_sro_with(department, person)


def appetite_for(department: Department, person: User) -> AppetiteQuerySet:
    """What the department agreed for itself, as far as the person may read it."""
    agreed = DepartmentAppetite.objects.filter(department=department)
    return agreed if may_read_appetite_of(department, person) else agreed.none()


def _is_sro_with(department: Department, person: User) -> bool:
    """The risks of their programme are held against the appetite of each of its parties."""
    answered_for = Appointment.objects.current().filter(person=person, role="sro").values("programme")
    return (
        person.is_active and Party.objects.accepted().filter(department=department, programme__in=answered_for).exists()
    )
