"""Giving and ending roles in a department. The only writer of memberships."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES, HeldThrough
from xgov.accounts.giving import administers_as, in_one_sentence
from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def give_role(
    department: Department, person: User, role: str, *, by: User, reason: str = "", since: date | None = None,
    until: date | None = None,
) -> Membership:  # fmt: skip
    # of two who press the button at once, the second waits here and is then told that the role is held
    person, department = hold(person), hold(department)
    membership = Membership(person=person, department=department, role=role, since=since or today(), until=until)
    rules.require(by, Permission.ADMINISTER, membership)
    _refuse_impossible(membership, by)
    with acting(by, reason):
        membership.save()
    groups_of(department)
    sync_person(membership.person)
    return membership


def _refuse_impossible(membership: Membership, by: User) -> None:
    role = ROLES.get(membership.role)
    if role is None or role.held_through != HeldThrough.MEMBERSHIP:
        raise RuleBroken(_("There is no such role in a department."), "role")
    if membership.person == by:
        raise RuleBroken(_("You cannot give yourself a role. Ask another administrator."), "person")
    if not membership.person.is_active:
        raise RuleBroken(_("This person may no longer sign in."), "person")
    _refuse_to_give(membership, by)
    if membership.department.is_closed:
        raise RuleBroken(_("This department has closed."))
    if membership.since < today():
        raise RuleBroken(_("A role starts today or later: what somebody could see before cannot be changed."), "since")
    if membership.starts_too_late:
        raise RuleBroken(_("A role starts within a year. Give it nearer the day."), "since")
    if membership.until and membership.until <= membership.since:
        raise RuleBroken(_("The role would end before it starts."), "until")
    _refuse_the_same_again(membership)


def _refuse_the_same_again(membership: Membership) -> None:
    same = Membership.objects.filter(person=membership.person, department=membership.department, role=membership.role)
    other = same.overlapping(membership.since, membership.until).order_by("since").first()
    if other is None:
        return
    told = {"person": membership.person, "day": day(other.since)}
    if other.has_begun:
        raise RuleBroken(_("%(person)s already has this role.") % told, "role")
    words = _("%(person)s already has this role to come, from %(day)s. Cancel that, or give this one an end before it.")
    raise RuleBroken(words % told, "role")


def _refuse_to_give(membership: Membership, by: User) -> None:
    may = ROLES[membership.role].given_by
    if not may & administers_as(by, membership.department):
        raise RuleBroken(_("Only a %(who)s can give this role.") % {"who": in_one_sentence(may)}, "role")


def refuse_to_end(membership: Membership, by: User, at: Department) -> None:
    """By what the person is `at` that department. The roles of the centre and the platform reach beyond it: its
    administrators do not touch them.
    """
    may = ROLES[membership.role].ended_by
    if not may & administers_as(by, at):
        raise RuleBroken(_("Only a %(who)s can end this role.") % {"who": in_one_sentence(may)}, "role")


@transaction.atomic
def end_role(membership: Membership, *, by: User, reason: str, on: date | None = None) -> Membership:
    """The role no longer holds from the day `on`; from today by default."""
    membership = hold(membership, "person")
    rules.require(by, Permission.ADMINISTER, membership)
    if membership.has_ended:
        raise RuleBroken(_("This role has already ended."))
    if membership.person == by and membership.role in {"department_administrator", "platform_administrator"}:
        raise RuleBroken(_("You cannot end your own role as administrator. Ask another administrator."))
    refuse_to_end(membership, by, at=membership.department)
    if not reason.strip():
        raise RuleBroken(_("Say why the role ends."), "reason")
    if on and on < today():
        raise RuleBroken(_("A role ends today or later: what somebody could see before cannot be changed."), "on")
    membership.end(on)
    with acting(by, reason):
        membership.save()
    sync_person(membership.person)
    return membership
