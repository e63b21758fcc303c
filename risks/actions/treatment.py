"""What is in place against a risk, and what will be done about it: both are kept by a department against one risk."""

from typing import Any, TypeVar

from risks.actions import possible
from risks.models import Control, Mitigation
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.editing import check_seen
from xgov.records.holding import hold

T = TypeVar("T", Control, Mitigation)


def held(part: T, person: User, seen_version: int | None) -> T:
    """To change it, if the person may and the programme goes on."""
    part = hold(part)
    rules.require(person, Permission.CONTRIBUTE, part)
    check_seen(part, seen_version)
    possible.refuse_ended_programme(part.programme)
    return part


def ask_to_add(part: T, person: User) -> None:
    """Whoever may change the risk, which is held, adds to it for a department they act for."""
    rules.require(person, Permission.CONTRIBUTE, part.risk)
    rules.require(person, Permission.CONTRIBUTE, part)
    possible.refuse_ended_risk(part.risk)


def take(part: T, answers: dict[str, Any], known: frozenset[str], person: User) -> None:
    """Put the answers on it, unless they would hand it to a department that the person does not act for."""
    if unknown := set(answers) - known:
        raise TypeError(f"A {part._meta.model_name} has no answer to {', '.join(sorted(unknown))}.")
    for name, value in answers.items():
        setattr(part, name, value)
    rules.require(person, Permission.CONTRIBUTE, part)


def save_if_possible(part: T, person: User, reason: str) -> T:
    part.clean_fields(exclude={"programme", "risk", "owner", "department"})
    possible.refuse_outside_department(part.programme, part.department, "department")
    possible.refuse_stranger(part.programme, part.owner, part.risk.marking)
    return save(part, person, reason)


def save(part: T, person: User, reason: str) -> T:
    with acting(person, reason):
        part.save()
    return part
