from itertools import count

from programmes.models import Appointment, Party, Programme
from tests.factories.people import SETTING_THE_SCENE, make_department
from xgov.access import grants
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today

_numbers = count(1)


def make_programme(lead: Department | None = None, partners: tuple[Department, ...] = (), **fields) -> Programme:
    number = next(_numbers)
    fields.setdefault("reference", f"JP-{number:03}")
    fields.setdefault("name", f"Joint programme {number}")
    fields.setdefault("outcome", "People get the help they need the first time they ask.")
    with acting(SETTING_THE_SCENE):
        programme = Programme.objects.create(**fields)
    make_party(programme, lead or make_department(), role=Party.Role.LEAD)
    for partner in partners:
        make_party(programme, partner)
    return programme


def make_party(programme: Programme, department: Department, role: str = Party.Role.CORE, **fields) -> Party:
    fields.setdefault("status", Party.Status.ACCEPTED)
    if fields["status"] in {Party.Status.ACCEPTED, Party.Status.DECLINED}:
        fields.setdefault("answered_on", today())
    with acting(SETTING_THE_SCENE):
        party = Party.objects.create(programme=programme, department=department, role=role, **fields)
    grants.sync(programme)
    return party


def make_appointment(programme: Programme, person: User, role: str, **fields) -> Appointment:
    with acting(SETTING_THE_SCENE):
        appointment = Appointment.objects.create(programme=programme, person=person, role=role, **fields)
    grants.sync(programme)
    return appointment
