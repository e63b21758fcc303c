"""What is done about a risk."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions import possible, treatment
from risks.models import Mitigation, Risk
from xgov.accounts.models import Department, User
from xgov.records.clock import today
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
    treatment.ask_to_add(mitigation, by)
    possible.refuse_past(due, "due")
    return treatment.save_if_possible(mitigation, by, reason)


@transaction.atomic
def change_mitigation(
    mitigation: Mitigation, *, by: User, seen_version: int | None = None, reason: str = "", **answers: Any
) -> Mitigation:
    mitigation = _planned(mitigation, by, seen_version)
    if answers.get("due", mitigation.due) != mitigation.due:
        possible.refuse_past(answers["due"], "due")
    treatment.take(mitigation, answers, ANSWERS, by)
    return treatment.save_if_possible(mitigation, by, reason)


@transaction.atomic
def finish_mitigation(
    mitigation: Mitigation, *, by: User, done_on: date | None = None, seen_version: int | None = None, reason: str = ""
) -> Mitigation:
    """It has been done: today, or on the earlier day that is given."""
    mitigation = _planned(mitigation, by, seen_version)
    possible.refuse_future(done_on, "done_on")
    mitigation.status, mitigation.done_on = Mitigation.Status.DONE, done_on or today()
    return treatment.save(mitigation, by, reason)


@transaction.atomic
def drop_mitigation(mitigation: Mitigation, *, by: User, reason: str, seen_version: int | None = None) -> Mitigation:
    """It will not be done."""
    mitigation = _planned(mitigation, by, seen_version)
    possible.refuse_silence(reason)
    mitigation.status = Mitigation.Status.DROPPED
    return treatment.save(mitigation, by, reason)


def _planned(mitigation: Mitigation, by: User, seen_version: int | None) -> Mitigation:
    """The mitigation, held, if the person may change it and it is still to be done."""
    mitigation = treatment.held(mitigation, by, seen_version)
    if not mitigation.is_planned:
        raise RuleBroken(_("This is no longer planned: it has been done or dropped."))
    return mitigation
