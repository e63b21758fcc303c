"""Moving a programme from set-up to delivery and on, with the gate in between."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Appointment, Programme
from programmes.readiness import gaps
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

S = Programme.Status

NEXT: dict[str, tuple[str, ...]] = {
    S.IDEA: (S.SCREENING, S.SETTING_UP, S.CANCELLED),
    S.SCREENING: (S.SETTING_UP, S.CANCELLED),
    S.SETTING_UP: (S.DELIVERING, S.PAUSED, S.CANCELLED),
    S.DELIVERING: (S.PAUSED, S.CLOSING, S.CANCELLED),
    S.PAUSED: (S.SETTING_UP, S.DELIVERING, S.CLOSING, S.CANCELLED),
    S.CLOSING: (S.CLOSED,),
    S.CLOSED: (),
    S.CANCELLED: (),
}

_CANNOT_DO_WITHOUT: dict[str, type_of_text] = {
    "sro": gettext_lazy("Delivery cannot start without a senior responsible owner (SRO)."),
    "lead_accounting_officer": gettext_lazy("Delivery cannot start without a lead accounting officer."),
}

# Whoever reads the record later will ask why.
NEEDS_REASON = frozenset({S.PAUSED, S.CLOSING, S.CLOSED, S.CANCELLED})


@transaction.atomic
def change_status(
    programme: Programme, status: str, *, by: User, reason: str = "", override: str = "",
    seen_version: int | None = None,
) -> Programme:  # fmt: skip
    """Move the programme on. Delivery starts when all six readiness questions are clear, or the SRO goes ahead."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    if programme.status == status:
        return programme
    check_seen(programme, seen_version)
    if status not in NEXT[programme.status]:
        words = _("A programme that is %(status)s cannot go there.")
        raise RuleBroken(words % {"status": programme.get_status_display().lower()}, "status")
    if status in NEEDS_REASON and not reason.strip():
        raise RuleBroken(_("Say why the status changes."), "reason")
    if status == S.DELIVERING:
        _open_the_gate(programme, override.strip(), by)
    programme.status, programme.status_since, programme.status_reason = status, today(), reason.strip()
    with acting(by, reason or override):
        programme.save()
    return programme


def _open_the_gate(programme: Programme, override: str, by: User) -> None:
    """RDY-1. That somebody leads, answers and accounts for the programme cannot be overridden."""
    for role, words in _CANNOT_DO_WITHOUT.items():
        if Appointment.objects.current().filter(programme=programme, role=role).count() != 1:
            raise RuleBroken(words)
    if programme.lead is None:
        raise RuleBroken(_("Delivery cannot start without a lead department."))
    unclear = gaps(programme)
    if not unclear or (programme.readiness_override and not override):
        return
    if not override and is_sro(programme, by):
        raise RuleBroken(_("Enter why delivery starts before all six readiness questions are clear."), "override")
    if not override:
        codes = ", ".join(str(each.question.title).lower() for each in unclear)
        words = _(
            "Not all six readiness questions are clear yet: %(questions)s. Only the SRO can go ahead, with a reason."
        )
        raise RuleBroken(words % {"questions": codes}, "override")
    if not is_sro(programme, by):
        raise RuleBroken(_("Only the SRO can go ahead before all six questions are clear."), "override")
    programme.readiness_override = override
    programme.readiness_override_on, programme.readiness_override_by = today(), by


def is_sro(programme: Programme, person: User) -> bool:
    return Appointment.objects.current().filter(programme=programme, role="sro", person=person).exists()
