"""Saying what a risk bears on."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import escalation
from risks.actions import possible
from risks.models import AffectedDepartment, AffectedThing, Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

LONGEST_NAME = 200


@transaction.atomic
def say_what_is_affected(
    risk: Risk, *, by: User, departments: Collection[Department], objectives: Iterable[str] = (),
    projects: Iterable[Programme | str] = (), reason: str = "",
) -> Risk:  # fmt: skip
    """From today the risk bears on these and no others. A project is one that xgov holds, or the name of another.

    What the person may not see stays as it is. The appetite of an affected department counts at once.
    """
    risk = hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    possible.refuse_ended_risk(risk)
    for department in departments:
        possible.refuse_outside_department(risk.programme, department, "departments")
    if risk.kept_by in departments:
        raise RuleBroken(
            _("%(department)s keeps this risk, so it need not be named again.") % {"department": risk.kept_by.name},
            "departments",
        )
    with acting(by, reason):
        _set_departments(risk, departments)
        _set_things(risk, by, _wanted(by, objectives, projects))
        escalation.save_if_changed(risk)
    return risk


def _set_departments(risk: Risk, departments: Collection[Department]) -> None:
    present = {row.department_id: row for row in AffectedDepartment.objects.filter(risk=risk, until__isnull=True)}
    wanted = {department.pk for department in departments}
    _end(AffectedDepartment, [row for key, row in present.items() if key not in wanted])
    AffectedDepartment.objects.create_many(
        AffectedDepartment(programme=risk.programme, risk=risk, department_id=key)
        for key in sorted(wanted - set(present))
    )


Thing = tuple[str, str, int | None]  # kind, name, key of the project


def _wanted(by: User, objectives: Iterable[str], projects: Iterable[Programme | str]) -> set[Thing]:
    wanted: set[Thing] = set()
    for kind, things in ((AffectedThing.Kind.OBJECTIVE, objectives), (AffectedThing.Kind.PROJECT, projects)):
        for thing in things:
            if isinstance(thing, Programme):
                rules.require(by, Permission.VIEW, thing)
                wanted.add((kind, "", thing.pk))
            elif name := " ".join(thing.split()):
                _refuse_long(name, "objectives" if kind == AffectedThing.Kind.OBJECTIVE else "projects")
                wanted.add((kind, name, None))
    return wanted


def _refuse_long(name: str, field: str) -> None:
    if len(name) > LONGEST_NAME:
        raise RuleBroken(_("A name has %(most)d characters at most.") % {"most": LONGEST_NAME}, field)


def _set_things(risk: Risk, by: User, wanted: set[Thing]) -> None:
    present = {}
    for row in AffectedThing.objects.filter(risk=risk, until__isnull=True).select_related("project"):
        if row.project is None or rules.can(by, Permission.VIEW, row.project):
            present[row.kind, row.name, row.project_id] = row
    _end(AffectedThing, [row for key, row in present.items() if key not in wanted])
    AffectedThing.objects.create_many(
        AffectedThing(programme=risk.programme, risk=risk, kind=kind, name=name, project_id=project)
        for kind, name, project in sorted(wanted - set(present), key=str)
    )


def _end(model: type[AffectedDepartment] | type[AffectedThing], rows: list) -> None:
    for row in rows:
        row.until = today()
    if rows:
        model.objects.save_many(rows, ["until"])
