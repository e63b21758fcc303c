"""Accounts: added by an administrator of the department, stopped when somebody leaves, let in again."""

from django.db import transaction
from django.utils.translation import gettext as _

from xgov.access import dated, grants, rules
from xgov.access.permissions import Permission
from xgov.accounts import leaving
from xgov.accounts.actions.memberships import refuse_to_end
from xgov.accounts.addresses import domain_of, is_open_to_anybody, is_usual_for
from xgov.accounts.leavers import memberships_of
from xgov.accounts.models import Department, User
from xgov.accounts.standing import sync_person
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def add_person(
    department: Department, email: str, name: str, job_title: str = "", *, by: User, reason: str = "",
    address_confirmed: bool = False,
) -> User:  # fmt: skip
    """Make an account for somebody of the department. They set their password by the link that is sent to them."""
    department = hold(department)  # a second press waits for the first
    person = User(
        email=email.strip().lower(), name=name.strip(), job_title=job_title.strip(), home_department=department
    )
    rules.require(by, Permission.ADMINISTER, department)
    if department.is_closed:
        raise RuleBroken(_("This department has closed."))
    _refuse_address(person, address_confirmed)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    with acting(by, reason):
        person.save()
    return person


def _refuse_address(person: User, confirmed: bool) -> None:
    known = User.objects.filter(email=person.email).first()
    if known is not None and known.is_active:
        raise RuleBroken(_("There is already a person with this address. You can give them a role."), "email")
    if known is not None:
        raise RuleBroken(_("A person with this address had an account and may no longer sign in."), "email")
    domain = domain_of(person.email)
    if is_open_to_anybody(domain):
        raise RuleBroken(
            _("Anybody can have an address at %(domain)s. Use the person's work address.") % {"domain": domain}, "email"
        )
    if not confirmed and not is_usual_for(person.home_department, domain):
        raise RuleBroken(
            _("Nobody of %(department)s has an address at %(domain)s yet. Check it, then confirm it below.")
            % {"department": person.home_department, "domain": domain},
            "email",
        )


@transaction.atomic
def stop_person(person: User, *, by: User, reason: str) -> User:
    """Somebody leaves: they are signed out and may not sign in again. Their roles in departments, their appointments to
    programmes and their seats on boards end today; what they own is left for others to take over.
    """
    person = hold(person)
    rules.require(by, Permission.ADMINISTER, person)
    if person == by:
        raise RuleBroken(_("You cannot stop your own account. Ask another administrator."))
    if not person.is_active:
        raise RuleBroken(_("This person may already no longer sign in."))
    if not reason.strip():
        raise RuleBroken(_("Say why this person may no longer sign in."), "reason")
    for membership in memberships_of(person):
        refuse_to_end(membership, by, at=person.home_department)
    for door in dated.doors_of(person):
        hold(door)
    person.is_active = False
    with acting(by, reason):
        person.save()
        leaving.end_all(person, reason.strip())
    _stand_anew(person)
    return person


@transaction.atomic
def let_person_in(person: User, *, by: User, reason: str) -> User:
    """Somebody who left is back. What ended stays ended: they are given anew what they need."""
    person = hold(person)
    rules.require(by, Permission.ADMINISTER, person)
    if person.is_active:
        raise RuleBroken(_("This person may already sign in."))
    if not reason.strip():
        raise RuleBroken(_("Say why this person may sign in again."), "reason")
    person.is_active = True
    with acting(by, reason):
        person.save()
    _stand_anew(person)
    return person


def _stand_anew(person: User) -> None:
    """In departments, and wherever they are appointed."""
    sync_person(person)
    grants.sync_many(dated.doors_of(person))


@transaction.atomic
def set_password(person: User, password: str, *, by: User, reason: str) -> User:
    """The person sets their own password: signed in, or by the link that was sent to their address."""
    person.set_password(password)
    with acting(by, reason):
        person.save(update_fields=["password"])
    return person
