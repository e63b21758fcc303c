"""Giving and ending roles in a department. The only writer of memberships."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken


@transaction.atomic
def give_role(
    department: Department, person: User, role: str, *, by: User, reason: str = "", since: date | None = None,
    until: date | None = None,
) -> Membership:  # fmt: skip
    membership = Membership(person=person, department=department, role=role, since=since or today(), until=until)
    rules.require(by, Permission.ADMINISTER, membership)
    _refuse_impossible(membership, by)
    with acting(by, reason):
        membership.save()
    groups_of(department)
    sync_person(person)
    return membership


def _refuse_impossible(membership: Membership, by: User) -> None:
    role = ROLES[membership.role]
    if membership.person == by:
        raise RuleBroken(_("You cannot give yourself a role. Ask another administrator."), "person")
    if not membership.person.is_active:
        raise RuleBroken(_("This person may no longer sign in."), "person")
    if not role.given_by_departments and not _is_platform_administrator(by):
        raise RuleBroken(_("Only a platform administrator can give this role."), "role")
    if membership.department.is_closed:
        raise RuleBroken(_("This department has closed."))
    if membership.until and membership.until < membership.since:
        raise RuleBroken(_("The role would end before it starts."), "until")
    same = Membership.objects.filter(person=membership.person, department=membership.department, role=membership.role)
    if same.current(membership.since).exists():
        raise RuleBroken(_("%(person)s already has this role.") % {"person": membership.person}, "role")


def _is_platform_administrator(person: User) -> bool:
    return Membership.objects.current().filter(person=person, role="platform_administrator").exists()


@transaction.atomic
def end_role(membership: Membership, *, by: User, reason: str, on: date | None = None) -> Membership:
    """The role no longer holds from the day `on`; from today by default."""
    rules.require(by, Permission.ADMINISTER, membership)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until is not None and membership.until <= today():
        raise RuleBroken(_("This role has already ended."))
    if membership.person == by and membership.role in {"department_administrator", "platform_administrator"}:
        raise RuleBroken(_("You cannot end your own role as administrator. Ask another administrator."))
    if not reason.strip():
        raise RuleBroken(_("Say why the role ends."), "reason")
    membership.until = max(on or today(), membership.since)
    with acting(by, reason):
        membership.save()
    sync_person(membership.person)
    return membership


@transaction.atomic
def add_person(
    department: Department, email: str, name: str, job_title: str = "", *, by: User, reason: str = ""
) -> User:
    """Make an account for somebody of the department. They set their password by the link that is sent to them."""
    person = User(
        email=email.strip().lower(), name=name.strip(), job_title=job_title.strip(), home_department=department
    )
    rules.require(by, Permission.ADMINISTER, department)
    if User.objects.filter(email=person.email).exists():
        raise RuleBroken(_("There is already a person with this address."), "email")
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    with acting(by, reason):
        person.save()
    return person
