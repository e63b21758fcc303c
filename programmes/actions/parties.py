"""Bringing departments into a programme: invited by the lead, in only when their own people accept."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from programmes.actions.programmes import refuse_when_over
from programmes.leaving import leave
from programmes.models import Appointment, Party, Programme
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.accounts.standing import groups_of
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

S = Party.Status
TAKING_PART = (S.INVITED, S.ACCEPTED)


@transaction.atomic
def invite_department(
    programme: Programme, department: Department, role: str = Party.Role.CORE, *, by: User, contribution: str = "",
    reason: str = "",
) -> Party:  # fmt: skip
    """Invite a department, or invite one again that declined or withdrew. Until it accepts it sees the invitation."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    refuse_when_over(programme)
    party = Party.objects.filter(programme=programme, department=department).first()
    party = party or Party(programme=programme, department=department)
    _refuse_impossible_invitation(party, role)
    party.role, party.contribution, party.status = role, contribution.strip(), S.INVITED
    party.invited_on, party.invited_by = today(), by
    party.answered_on, party.answered_by, party.answer_reason = None, None, ""
    party.withdrawn_on, party.withdrawal_reason = None, ""
    with acting(by, reason):
        party.save()
    return party


def _refuse_impossible_invitation(party: Party, role: str) -> None:
    name = {"department": party.department.short_name}
    if role not in Party.Role.values or role == Party.Role.LEAD:
        raise RuleBroken(_("Select the part that the department is to play. There is one lead department."), "role")
    if party.department.is_closed:
        raise RuleBroken(_("%(department)s has closed.") % name, "department")
    if party.status == S.ACCEPTED:
        raise RuleBroken(_("%(department)s is already in this programme.") % name, "department")
    if party.status == S.INVITED:
        raise RuleBroken(_("%(department)s has already been invited.") % name, "department")


@transaction.atomic
def accept_invitation(party: Party, *, by: User, reason: str = "") -> Party:
    """By a programme manager of the invited department: what they may do at their own department decides."""
    party = _invitation(party, by)
    with acting(by, reason):
        _answer(party, S.ACCEPTED, by, reason)
    groups_of(party.department)
    grants.sync(party.programme)
    return party


@transaction.atomic
def decline_invitation(party: Party, *, by: User, reason: str) -> Party:
    party = _invitation(party, by)
    if not reason.strip():
        raise RuleBroken(_("Say why the department declines."), "reason")
    with acting(by, reason):
        _answer(party, S.DECLINED, by, reason)
    return party


def _invitation(party: Party, by: User) -> Party:
    """The invitation, held, if this person may answer it and it is still open."""
    party = hold(party, "department", "programme")
    rules.require(by, Permission.MANAGE, party.department)
    if party.status != S.INVITED:
        words = _("This invitation is no longer open: %(department)s has %(status)s.")
        answered = {"department": party.department.short_name, "status": party.get_status_display().lower()}
        raise RuleBroken(words % answered)
    refuse_when_over(party.programme)
    return party


def _answer(party: Party, status: str, by: User, reason: str) -> None:
    party.status, party.answered_on, party.answered_by, party.answer_reason = status, today(), by, reason.strip()
    party.save()


@transaction.atomic
def change_contribution(
    party: Party, *, by: User, contribution: str, reason: str = "", seen_version: int | None = None
) -> Party:
    """Say what a department does in the programme: by its own people once it is in, or by those who run it."""
    party = hold(party, "programme")
    rules.require(by, Permission.CONTRIBUTE, party)
    check_seen(party, seen_version)
    refuse_when_over(party.programme)
    if party.status not in TAKING_PART:
        raise RuleBroken(_("%(department)s is not in this programme.") % {"department": party.department.short_name})
    if not contribution.strip():
        raise RuleBroken(_("Say what the department does in the programme."), "contribution")
    party.contribution = contribution.strip()
    with acting(by, reason):
        party.save()
    return party


def may_change_contribution(party: Party, person: User) -> bool:
    """An invitation is worded by those who sent it; from its acceptance on the department's own people may too."""
    if party.status not in TAKING_PART or party.programme.is_over:
        return False
    return rules.can(person, Permission.CONTRIBUTE, party)


@transaction.atomic
def withdraw_department(party: Party, *, by: User, reason: str) -> Party:
    """A department leaves, or its invitation is taken back. Its people's appointments for it end the same day."""
    party = hold(party, "programme")
    if not may_withdraw(party, by):
        raise PermissionDenied(_("Only the department itself, or those who run the programme, can do this."))
    if party.status not in TAKING_PART:
        raise RuleBroken(_("%(department)s is not in this programme.") % {"department": party.department.short_name})
    if party.role == Party.Role.LEAD:
        raise RuleBroken(_("The lead department cannot leave: the programme would have no lead."))
    if not reason.strip():
        raise RuleBroken(_("Say why the department leaves."), "reason")
    party.status, party.withdrawn_on, party.withdrawal_reason = S.WITHDRAWN, today(), reason.strip()
    with acting(by, reason):
        party.save()
        _end_appointments_for(party)
    grants.sync(party.programme)
    leave(party, by)
    return party


def may_withdraw(party: Party, person: User) -> bool:
    """Those who run the programme; once it is in, the department itself too (until then it declines)."""
    own = party.is_in and rules.can(person, Permission.MANAGE, party.department)
    return own or rules.can(person, Permission.MANAGE, party.programme)


def _end_appointments_for(party: Party) -> None:
    words = _("%(department)s left the programme.") % {"department": party.department.short_name}
    held = Appointment.objects.filter(programme=party.programme, department=party.department)
    for appointment in held.exclude(until__lte=today()):
        appointment.until, appointment.end_reason = max(today(), appointment.since), words
        appointment.save()
