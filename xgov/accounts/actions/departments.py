"""A department's own record: it changes its name from a day on, and keeps the old one for what was then."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, DepartmentName, User
from xgov.pages.values import in_plain_words
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def rename_department(
    department: Department, name: str, abbreviation: str, since: date, *, by: User, reason: str = "",
    seen_version: int | None = None,
) -> Department:  # fmt: skip
    """From the day `since` on the department is called so. A day to come takes effect in the night before it."""
    department = hold(department)
    rules.require(by, Permission.ADMINISTER, department)
    check_seen(department, seen_version)
    name, abbreviation = " ".join(name.split()), " ".join(abbreviation.split())
    if department.is_closed:
        raise RuleBroken(_("This department has closed."))
    if (name, abbreviation) == (department.name, department.abbreviation):
        raise RuleBroken(_("This is already its name."), "name")
    with acting(by, reason):
        _end_present_name(department, since)
        DepartmentName.objects.create(department=department, name=name, abbreviation=abbreviation, since=since)
        if since <= today():
            department.name, department.abbreviation = name, abbreviation
        department.save()
    return department


def _end_present_name(department: Department, since: date) -> None:
    present = department.names.filter(until__isnull=True).first()
    if present is None:
        present = DepartmentName(
            department=department, name=department.name, abbreviation=department.abbreviation, since=date.min
        )
    if present.since >= since:
        words = _("The name “%(name)s” is recorded from %(day)s. The new name must start later.")
        raise RuleBroken(words % {"name": present.name, "day": in_plain_words(present.since)}, "since")
    present.until = since
    present.save()


@transaction.atomic
def cancel_name(name: DepartmentName, *, by: User, reason: str) -> DepartmentName:
    """A name that has not begun never does: the one before it goes on."""
    department = hold(name.department)
    rules.require(by, Permission.ADMINISTER, department)
    name = hold(name, "department")
    if name.has_begun or name.has_ended:
        raise RuleBroken(_("Only a name that has not begun can be cancelled."))
    if not reason.strip():
        raise RuleBroken(_("Say why the name is cancelled."), "reason")
    before = department.names.lasting().filter(until=name.since).first()
    later = name.until
    with acting(by, reason):
        name.end()
        name.save()
        if before is not None:
            before.until = later
            before.save()
    return name


@transaction.atomic
def take_up_names() -> int:
    """Departments take up the names whose day has come; how many did."""
    due = DepartmentName.objects.current().filter(since__gt=date.min).select_related("department")
    due = list(due.exclude(name=F("department__name"), abbreviation=F("department__abbreviation")))
    with acting(system_signer("Nightly check"), _("The new name takes effect")):
        for name in due:
            name.department.name, name.department.abbreviation = name.name, name.abbreviation
            name.department.save()
    return len(due)
