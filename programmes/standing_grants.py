from collections.abc import Iterator

from programmes.models import Appointment, Party, Programme
from programmes.querysets import AppointmentQuerySet
from xgov.access.dated import lets_in
from xgov.access.explaining import Seat, seats_at
from xgov.access.grants import Grant, derives
from xgov.access.roles import ROLES
from xgov.accounts.standing import groups_of, present_groups_of


def groups_for(programme: Programme) -> None:
    """Departments that have joined have their groups, before anybody is in them."""
    for party in Party.objects.accepted().filter(programme=programme).select_related("department"):
        groups_of(party.department)


@derives("programmes.Programme", first=groups_for)
def programme_grants(programme: Programme) -> Iterator[Grant]:
    """What the departments that have joined, and the people appointed, may do in the programme."""
    parties = list(Party.objects.accepted().filter(programme=programme))
    groups = present_groups_of([party.department_id for party in parties])
    for party in parties:
        yield from _through_department(party, groups[party.department_id])
    for appointment in Appointment.objects.current().filter(programme=programme, person__is_active=True):
        yield from _by_appointment(appointment)


def _through_department(party: Party, groups: dict[str, int]) -> Iterator[Grant]:
    for role, group_id in groups.items():
        for permission in ROLES[role].permissions_as(lead=party.role == Party.Role.LEAD):
            yield Grant(permission, group_id=group_id, department_id=party.department_id)


def _by_appointment(appointment: Appointment) -> Iterator[Grant]:
    for permission in ROLES[appointment.role].permissions:
        yield Grant(permission, user_id=appointment.person_id, department_id=appointment.department_id)


@lets_in("programmes.Programme", path="programme")
def appointments() -> AppointmentQuerySet:
    return Appointment.objects.all()


@seats_at("programmes.Programme")
def programme_seats(programme: Programme) -> Iterator[Seat]:
    """Who is appointed to what, for the page that explains who can see a record."""
    for appointment in Appointment.objects.current().filter(programme=programme):
        yield Seat(appointment.person_id, appointment.role)
