"""What every action here does between asking and saving."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from programmes.models import Programme
from xgov.access import rules
from xgov.access.doors import is_sensitive
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken

M = TypeVar("M", bound=Model)


def take(record: Model, answers: dict[str, Any]) -> None:
    for name, value in answers.items():
        setattr(record, name, value)


def put(record: M, by: User, reason: str = "") -> M:
    """Check everything that must be true of the row (ValidationError says what is not), and save it, signed."""
    record.full_clean()
    with acting(by, reason):
        record.save()
    return record


def lead_of(programme: Programme) -> Department:
    if programme.lead is None:
        raise RuleBroken(_("This programme has no lead department yet."))
    return programme.lead


def refuse_marking_unseen(record: Model, by: User) -> None:
    """Nobody may mark a record so that they no longer see it themselves."""
    if is_sensitive(record) and not rules.can(by, Permission.VIEW_SENSITIVE, record.programme):
        words = _("You may not mark a record OFFICIAL-SENSITIVE, because you could not see it any more.")
        raise RuleBroken(words, "marking")


def refuse_unless_taking_part(programme: Programme, department: Department, field: str) -> None:
    if not programme.parties.accepted().filter(department=department).exists():
        words = _("%(department)s takes no part in this programme.") % {"department": department}
        raise RuleBroken(words, field)
