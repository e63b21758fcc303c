from collections.abc import Iterable, Iterator

from programmes.models import Appointment, Party, Programme
from xgov.access.explaining import Seat, seats_at
from xgov.access.grants import Grant, derives, names_people
from xgov.access.roles import ROLES
from xgov.accounts.models import User
from xgov.accounts.standing import groups_of


@derives("programmes.Programme")
def programme_grants(programme: Programme) -> Iterator[Grant]:
    """What the departments that have joined, and the people appointed, may do in the programme."""
    for party in Party.objects.accepted().filter(programme=programme).select_related("department"):
        yield from _through_department(party)
    for appointment in Appointment.objects.current().filter(programme=programme, person__is_active=True):
        yield from _by_appointment(appointment)


def _through_department(party: Party) -> Iterator[Grant]:
    for role, group_id in groups_of(party.department).items():
        for permission in ROLES[role].permissions_as(lead=party.role == Party.Role.LEAD):
            yield Grant(permission, group_id=group_id, department_id=party.department_id)


def _by_appointment(appointment: Appointment) -> Iterator[Grant]:
    for permission in ROLES[appointment.role].permissions:
        yield Grant(permission, user_id=appointment.person_id, department_id=appointment.department_id)


@names_people
def programmes_naming(person: User) -> Iterable[Programme]:
    return Programme.objects.filter(pk__in=Appointment.objects.current().filter(person=person).values("programme"))


@seats_at("programmes.Programme")
def programme_seats(programme: Programme) -> Iterator[Seat]:
    """Who is appointed to what, for the page that explains who can see a record."""
    for appointment in Appointment.objects.current().filter(programme=programme):
        yield Seat(appointment.person_id, appointment.role)
