"""What is in place against a risk, and whether it works."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from risks import assurance
from risks.actions import possible, treatment
from risks.models import Control, Risk
from xgov.accounts.models import Department, User
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

ANSWERS = frozenset({"text", "type", "line", "owner", "department"})


@transaction.atomic
def add_control(
    risk: Risk, *, by: User, text: str, type: str, line: str, owner: User, department: Department, reason: str = ""
) -> Control:
    """Whoever may change the risk says what is in place, for a department they act for."""
    risk = hold(risk)
    control = Control(
        programme=risk.programme, risk=risk, text=text, type=type, line=line, owner=owner, department=department
    )
    treatment.ask_to_add(control, by)
    return treatment.save_if_possible(control, by, reason)


@transaction.atomic
def change_control(
    control: Control, *, by: User, seen_version: int | None = None, reason: str = "", **answers: Any
) -> Control:
    control = _in_place(control, by, seen_version)
    treatment.take(control, answers, ANSWERS, by)
    return treatment.save_if_possible(control, by, reason)


@transaction.atomic
def check_control(
    control: Control, *, by: User, effectiveness: str, checked_by: str, checked_on: date | None = None,
    reason: str = "", seen_version: int | None = None,
) -> Control:  # fmt: skip
    """Somebody looked whether it works: today, or on the earlier day that is given."""
    control = _in_place(control, by, seen_version)
    possible.refuse_future(checked_on, "checked_on")
    if effectiveness == assurance.NOT_CHECKED:
        raise RuleBroken(_("Say how well it works."), "effectiveness")
    if not checked_by.strip():
        raise RuleBroken(_("Say who looked."), "checked_by")
    control.effectiveness, control.checked_by = effectiveness, checked_by.strip()
    control.checked_on = checked_on or today()
    control.clean_fields(exclude={"programme", "risk", "owner", "department"})
    return treatment.save(control, by, reason)


@transaction.atomic
def end_control(control: Control, *, by: User, reason: str, seen_version: int | None = None) -> Control:
    """It is no longer in place."""
    control = _in_place(control, by, seen_version)
    possible.refuse_silence(reason)
    control.status = Control.Status.ENDED
    return treatment.save(control, by, reason)


def _in_place(control: Control, by: User, seen_version: int | None) -> Control:
    """The control, held, if the person may change it and it has not ended."""
    control = treatment.held(control, by, seen_version)
    if not control.is_in_place:
        raise RuleBroken(_("This control has ended. Add it anew if it is in place again."))
    return control
