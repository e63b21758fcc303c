"""Which departments have to agree to a version of the settings, which have, and who may answer for one."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from programmes.models import Appointment, Party, Programme
from risks.models import RegisterSettings, SettingsAgreement
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User


@dataclass(frozen=True)
class Position:
    """Where one department stands. `answer` is None until it has said anything."""

    department: Department
    is_lead: bool
    answer: SettingsAgreement | None

    @property
    def has_agreed(self) -> bool:
        return self.answer is not None and self.answer.is_agreement


def positions_on(settings: RegisterSettings) -> list[Position]:
    """Of the departments that are in the programme today, the lead first. Who has left no longer counts."""
    parties = Party.objects.accepted().filter(programme=settings.programme_id).select_related("department")
    answers = {answer.department_id: answer for answer in settings.agreements.select_related("person", "department")}
    found = [
        Position(each.department, each.role == Party.Role.LEAD, answers.get(each.department_id)) for each in parties
    ]
    return sorted(found, key=lambda position: (not position.is_lead, position.department.name))


def all_have_agreed(settings: RegisterSettings) -> bool:
    positions = positions_on(settings)
    return bool(positions) and all(position.has_agreed for position in positions)


def may_answer_for(person: User, programme: Programme, department: Department) -> bool:
    """A programme manager of the department; for the lead department its SRO too."""
    return department.pk in answers_for(person, programme)


def require_to_answer_for(person: User, programme: Programme, department: Department) -> None:
    """Raises PermissionDenied in a sentence."""
    if not may_answer_for(person, programme, department):
        words = _("Only a programme manager of the department, or the SRO for the lead, can answer for it.")
        raise PermissionDenied(words)


def answers_for(person: User, programme: Programme) -> set[int]:
    """The departments in the programme for which the person may answer, by primary key; the same number of questions
    for many departments as for one."""
    if not person.is_active:
        return set()
    managed = person.departments_holding(Permission.MANAGE)
    parties = list(Party.objects.accepted().filter(programme=programme).values_list("department_id", "role"))
    found = {department for department, _role in parties if department in managed}
    if _is_sro(person, programme):
        found |= {department for department, role in parties if role == Party.Role.LEAD}
    return found


def _is_sro(person: User, programme: Programme) -> bool:
    appointed = Appointment.objects.current().filter(programme=programme, person=person, role="sro")
    return person.is_active and appointed.exists()


def waiting_for(person: User) -> list[tuple[RegisterSettings, Department]]:
    """What is proposed, or was in force before a department joined, and has no answer yet that this person may give."""
    sro_of = Appointment.objects.current().filter(person=person, role="sro").values("programme")
    managed = person.departments_holding(Permission.MANAGE)
    theirs = Party.objects.accepted().filter(Q(department__in=managed) | Q(role=Party.Role.LEAD, programme__in=sro_of))
    parties = list(theirs.select_related("department").order_by("pk"))
    versions = RegisterSettings.objects.visible_to(person).to_be_answered().select_related("programme")
    versions = list(versions.filter(programme__in={party.programme_id for party in parties}))
    answers = SettingsAgreement.objects.filter(settings__in=versions).values_list("settings_id", "department_id")
    given = set(answers)
    return [
        (settings, party.department)
        for settings in versions
        for party in parties
        if party.programme_id == settings.programme_id and (settings.pk, party.department_id) not in given
    ]
