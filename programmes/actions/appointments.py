"""Who answers for a programme, from when until when. One SRO, one lead accounting officer, one director at a time."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from programmes.actions.programmes import refuse_when_over
from programmes.models import Appointment, Party, Programme
from programmes.models.appointments import ONE_AT_A_TIME
from programmes.querysets import AppointmentQuerySet
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES, HeldThrough
from xgov.accounts.models import Department, Membership, User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

# A programme in delivery is never without these; whoever holds them is succeeded, not merely ended.
NEVER_VACANT_IN_DELIVERY = ("sro", "lead_accounting_officer")


@transaction.atomic
def appoint(
    programme: Programme, person: User, role: str, *, by: User, department: Department | None = None,
    since: date | None = None, until: date | None = None, post: str = "", time_percent: int | None = None,
    reason: str = "",
) -> Appointment:  # fmt: skip
    """Appoint a person. Where one person holds the role at a time, the present holder's term ends that day."""
    person, programme = hold(person), hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    refuse_when_over(programme)
    appointment = Appointment(
        programme=programme, person=person, role=role, department=department, since=since or today(), until=until,
        post=post.strip(), time_percent=time_percent,
    )  # fmt: skip
    _refuse_impossible_person(appointment, by)
    _refuse_impossible_department(appointment, reason)
    _refuse_impossible_term(appointment)
    predecessor = _predecessor(appointment, reason)
    with acting(by, reason):
        if predecessor:
            predecessor.until = appointment.since
            predecessor.end_reason = f"{_succeeded_by(person)} {reason.strip()}"
            predecessor.save()
        appointment.save()
    grants.sync(programme)
    return appointment


def _refuse_impossible_person(appointment: Appointment, by: User) -> None:
    role = ROLES.get(appointment.role)
    if role is None or role.held_through != HeldThrough.PROGRAMME:
        raise RuleBroken(_("Select a role in the programme."), "role")
    if not appointment.person.is_active:
        raise RuleBroken(_("This person may no longer sign in."), "person")
    if appointment.person == by:
        raise RuleBroken(_("You cannot appoint yourself. Ask somebody else who runs the programme."), "person")


def _refuse_impossible_department(appointment: Appointment, reason: str) -> None:
    role, programme = ROLES[appointment.role], appointment.programme
    if not role.for_a_department:
        appointment.department = None
    elif appointment.department is None:
        raise RuleBroken(_("Select the department that the person acts for."), "department")
    elif not Party.objects.accepted().filter(programme=programme, department=appointment.department).exists():
        raise RuleBroken(_("This department has not joined the programme."), "department")
    if appointment.role == "lead_accounting_officer" and appointment.department != programme.lead:
        raise RuleBroken(_("The lead accounting officer belongs to the lead department."), "department")
    if role.for_a_department and not _belongs_to(appointment.person, appointment.department):
        words = _("%(person)s is not of this department, so cannot act for it. Its administrator can give them a role.")
        raise RuleBroken(words % {"person": appointment.person}, "person")
    if appointment.role == "sro" and appointment.person.home_department != programme.lead and not reason.strip():
        raise RuleBroken(_("The SRO usually comes from the lead department: say why this one does not."), "reason")


def _belongs_to(person: User, department: Department) -> bool:
    """By the department that they come from, or by a role that its administrator gave them."""
    return person.home_department_id == department.pk or (
        Membership.objects.current().filter(person=person, department=department).exists()
    )


def _refuse_impossible_term(appointment: Appointment) -> None:
    since, until, share = appointment.since, appointment.until, appointment.time_percent
    if until is not None and until <= since:
        raise RuleBroken(_("The role would end before it starts."), "until")
    if share is not None and not 1 <= share <= 100:
        raise RuleBroken(_("The share of time must be a whole number from 1 to 100."), "time_percent")
    if share is not None and appointment.role == "sro":
        elsewhere = Appointment.objects.current(max(since, today())).filter(person=appointment.person, role="sro")
        given = elsewhere.exclude(programme=appointment.programme).aggregate(given=Sum("time_percent"))["given"] or 0
        if given + share > 100:
            words = _("%(person)s already gives %(given)s%% of their time as SRO of other programmes.")
            raise RuleBroken(words % {"person": appointment.person, "given": given}, "time_percent")
    same = _overlapping(appointment).filter(person=appointment.person, department=appointment.department)
    if same.exists():
        raise RuleBroken(_("%(person)s already holds this role.") % {"person": appointment.person}, "person")


def _overlapping(appointment: Appointment) -> AppointmentQuerySet:
    """The terms of this role that share a day with this one."""
    terms = Appointment.objects.filter(programme=appointment.programme, role=appointment.role)
    return terms.overlapping(appointment.since, appointment.until)


def _predecessor(appointment: Appointment, reason: str) -> Appointment | None:
    """Whose term ends the day this one begins, so that there is neither gap nor overlap."""
    if appointment.role not in ONE_AT_A_TIME:
        return None
    overlapping = list(_overlapping(appointment).select_related("person"))
    if not overlapping:
        return None
    holder = overlapping[0]
    if len(overlapping) > 1 or holder.since >= appointment.since or appointment.until is not None:
        words = _("%(person)s holds this role from %(since)s: the two terms would overlap.")
        raise RuleBroken(words % {"person": holder.person, "since": holder.since.strftime("%-d %B %Y")}, "since")
    if appointment.since < today():
        words = _("%(person)s has held this role until now, and what was done in it stands: start today or later.")
        raise RuleBroken(words % {"person": holder.person}, "since")
    if not reason.strip():
        words = _("%(person)s holds this role now: say why they are succeeded, and how the work is handed over.")
        raise RuleBroken(words % {"person": holder.person}, "reason")
    return holder


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, reason: str, on: date | None = None) -> Appointment:
    """The role is no longer held from the day `on`; from today by default."""
    appointment = hold(appointment, "programme")
    rules.require(by, Permission.MANAGE, appointment)
    if appointment.has_ended:
        raise RuleBroken(_("This role has already ended."))
    if on is not None and on < today():
        raise RuleBroken(_("A role ends today or later: what was done in it stands."), "on")
    if not reason.strip():
        raise RuleBroken(_("Say why the role ends."), "reason")
    if appointment.has_begun and _is_never_vacant(appointment):
        words = _("A programme in delivery always has one: appoint a successor, or pause the programme first.")
        raise RuleBroken(words)
    with acting(by, reason):
        end_term(appointment, reason.strip(), on)
    grants.sync(appointment.programme)
    return appointment


def end_term(appointment: Appointment, reason: str, on: date | None = None) -> None:
    """Write the end, signed by whoever is acting. The caller holds the programme and derives its grants anew."""
    held_on = None if appointment.has_begun else _cut_short_for(appointment)
    appointment.end(on)
    appointment.end_reason = reason
    appointment.save()
    if held_on and appointment.until == appointment.since:
        held_on.save()


def _is_never_vacant(appointment: Appointment) -> bool:
    in_delivery = appointment.programme.status == Programme.Status.DELIVERING
    return in_delivery and appointment.role in NEVER_VACANT_IN_DELIVERY


def _succeeded_by(person: User) -> str:
    return _("Succeeded by %(person)s.") % {"person": person}


def _cut_short_for(appointment: Appointment) -> Appointment | None:
    """The holder whose term was to end for this one, as it stood before: it goes on if this one never begins."""
    holders = Appointment.objects.filter(programme=appointment.programme, role=appointment.role)
    holder = holders.filter(until=appointment.since, end_reason__startswith=_succeeded_by(appointment.person)).first()
    if holder is None or appointment.role not in ONE_AT_A_TIME:
        return None
    before = holder.history.exclude(until=holder.until).order_by("-history_id").first()
    holder.until, holder.end_reason = (before.until, before.end_reason) if before else (None, "")
    return holder
