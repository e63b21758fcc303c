"""What is done about a risk."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions import possible
from risks.models import Mitigation, Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

ANSWERS = frozenset({"text", "owner", "department", "due"})


@transaction.atomic
def add_mitigation(
    risk: Risk, *, by: User, text: str, owner: User, department: Department, due: date, reason: str = ""
) -> Mitigation:
    """Whoever may change the risk plans what is done about it, for a department they act for."""
    risk = hold(risk)
    mitigation = Mitigation(programme=risk.programme, risk=risk, text=text, owner=owner, department=department, due=due)
    rules.require(by, Permission.CONTRIBUTE, risk)
    rules.require(by, Permission.CONTRIBUTE, mitigation)
    possible.refuse_ended_risk(risk)
    possible.refuse_past(due, "due")
    _refuse_impossible(mitigation)
    with acting(by, reason):
        mitigation.save()
    return mitigation


@transaction.atomic
def change_mitigation(
    mitigation: Mitigation, *, by: User, seen_version: int | None = None, reason: str = "", **answers: Any
) -> Mitigation:
    mitigation = _planned(mitigation, by, seen_version)
    if unknown := set(answers) - ANSWERS:
        raise TypeError(f"A mitigation has no answer to {', '.join(sorted(unknown))}.")
    if answers.get("due", mitigation.due) != mitigation.due:
        possible.refuse_past(answers["due"], "due")
    for name, value in answers.items():
        setattr(mitigation, name, value)
    rules.require(by, Permission.CONTRIBUTE, mitigation)
    _refuse_impossible(mitigation)
    with acting(by, reason):
        mitigation.save()
    return mitigation


@transaction.atomic
def finish_mitigation(
    mitigation: Mitigation, *, by: User, done_on: date | None = None, seen_version: int | None = None, reason: str = ""
) -> Mitigation:
    """It has been done: today, or on the earlier day that is given."""
    mitigation = _planned(mitigation, by, seen_version)
    possible.refuse_future(done_on, "done_on")
    mitigation.status, mitigation.done_on = Mitigation.Status.DONE, done_on or today()
    with acting(by, reason):
        mitigation.save()
    return mitigation


@transaction.atomic
def drop_mitigation(mitigation: Mitigation, *, by: User, reason: str, seen_version: int | None = None) -> Mitigation:
    """It will not be done."""
    mitigation = _planned(mitigation, by, seen_version)
    possible.refuse_silence(reason)
    mitigation.status = Mitigation.Status.DROPPED
    with acting(by, reason):
        mitigation.save()
    return mitigation


def _planned(mitigation: Mitigation, by: User, seen_version: int | None) -> Mitigation:
    """The mitigation, locked, if the person may change it and it is still to be done."""
    mitigation = hold(mitigation)
    rules.require(by, Permission.CONTRIBUTE, mitigation)
    check_seen(mitigation, seen_version)
    possible.refuse_ended_programme(mitigation.programme)
    if not mitigation.is_planned:
        raise RuleBroken(_("This is no longer planned: it has been done or dropped."))
    return mitigation


def _refuse_impossible(mitigation: Mitigation) -> None:
    mitigation.clean_fields(exclude={"programme", "risk", "owner", "department"})
    possible.refuse_outside_department(mitigation.programme, mitigation.department, "department")
    possible.refuse_stranger(mitigation.programme, mitigation.owner, mitigation.risk.marking)
