"""Issues, assumptions and dependencies: adding, changing, closing and opening again are the same for the three."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from risks.actions import possible
from risks.models import Assumption, Dependency, Issue, Risk
from risks.models.entries import Entry
from risks.references import next_reference
from risks.scales import SCALES
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

E = TypeVar("E", bound=Entry)

NAME_THE_OTHER_SIDE = gettext_lazy("Say who the other side is: a department, or somebody else.")

_OF_ALL = frozenset({"title", "owner", "kept_by", "risk", "due", "marking"})
ANSWERS: dict[type[Entry], frozenset[str]] = {
    Issue: _OF_ALL | {"what_happened", "effect", "plan", "severity", "arose_on"},
    Assumption: _OF_ALL | {"basis", "if_wrong", "certainty"},
    Dependency: _OF_ALL
    | {"direction", "what", "other_department", "other_side", "if_late", "agreed_on"},
}  # fmt: skip
_RELATED = {"programme", "owner", "kept_by", "risk", "other_department", "closed_by"}


@transaction.atomic
def add_entry(kind: type[E], programme: Programme, *, by: User, reason: str = "", **answers: Any) -> E:
    """Write down an issue, an assumption or a dependency. Raises RuleBroken, and ValidationError for a wrong answer."""
    programme = hold(programme)
    entry = kind(programme=programme)
    _take(entry, answers)
    rules.require(by, Permission.CONTRIBUTE, entry)
    possible.refuse_ended_programme(programme)
    _refuse_impossible(entry, by, set(answers))
    entry.reference = next_reference(kind, programme, kind.prefix)
    with acting(by, reason):
        entry.save()
    return entry


@transaction.atomic
def change_entry(entry: E, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any) -> E:
    entry = hold(entry)
    rules.require(by, Permission.CONTRIBUTE, entry)
    check_seen(entry, seen_version)
    _refuse_closed(entry)
    changed = {name for name, value in answers.items() if getattr(entry, name) != value}
    _take(entry, answers)
    rules.require(by, Permission.CONTRIBUTE, entry)  # a new keeper or marking must not put it out of their own reach
    _refuse_impossible(entry, by, changed)
    with acting(by, reason):
        entry.save()
    return entry


@transaction.atomic
def close_entry(entry: E, *, by: User, outcome: str, reason: str, seen_version: int | None = None) -> E:
    """Say what became of it. Of two people who close it, the first closes it."""
    entry = hold(entry)
    rules.require(by, Permission.CONTRIBUTE, entry)
    check_seen(entry, seen_version)
    _refuse_closed(entry)
    if outcome not in type(entry).Outcome.values:
        raise RuleBroken(_("Say what became of it."), "outcome")
    possible.refuse_silence(reason)
    entry.outcome, entry.closed_at, entry.closed_by, entry.closing_reason = outcome, now(), by, reason.strip()
    with acting(by, reason):
        entry.save()
    return entry


@transaction.atomic
def reopen_entry(entry: E, *, by: User, reason: str) -> E:
    entry = hold(entry)
    rules.require(by, Permission.CONTRIBUTE, entry)
    if entry.is_open:
        raise RuleBroken(_("This is already open."))
    possible.refuse_ended_programme(entry.programme)
    possible.refuse_silence(reason)
    entry.outcome, entry.closed_at, entry.closed_by, entry.closing_reason = "", None, None, ""
    with acting(by, reason):
        entry.save()
    return entry


def issue_from(risk: Risk, *, by: User, reason: str) -> Issue:
    """The issue that a risk has become: called by the verb that closes the risk, in its transaction.

    Its severity is the residual impact, where the risk was scored on five steps of impact, else the middle.
    """
    on_five_steps = bool(risk.residual) and len(SCALES[risk.scale].impacts) == len(Issue.Severity)
    issue = Issue(
        programme=risk.programme, title=risk.title, owner=risk.owner, kept_by=risk.kept_by, risk=risk,
        marking=risk.marking, what_happened=f"{risk.event}\n\n{reason}".strip(), effect=risk.consequence,
        severity=risk.residual.impact if on_five_steps else Issue.Severity.MEDIUM,
        reference=next_reference(Issue, risk.programme, Issue.prefix),
    )  # fmt: skip
    with acting(by, _("Risk %(reference)s has happened: %(why)s") % {"reference": risk.reference, "why": reason}):
        issue.save()
    return issue


def _take(entry: Entry, answers: dict[str, Any]) -> None:
    if unknown := set(answers) - ANSWERS[type(entry)]:
        raise TypeError(f"{type(entry).__name__} has no answer to {', '.join(sorted(unknown))}.")
    for name, value in answers.items():
        setattr(entry, name, value)


def _refuse_closed(entry: Entry) -> None:
    possible.refuse_ended_programme(entry.programme)
    if not entry.is_open:
        raise RuleBroken(_("This is closed. Open it again before you change it."))


def _refuse_impossible(entry: Entry, by: User, answered: set[str]) -> None:
    """Only what was answered now is held against today: what fell due yesterday may stand."""
    if "risk" in answered and entry.risk is not None and not _may_link(entry, by):
        raise RuleBroken(_("Choose a risk of this programme that you can see."), "risk")
    entry.clean_fields(exclude={*_RELATED, "reference", "outcome"} & {f.name for f in entry._meta.fields})
    possible.refuse_outside_department(entry.programme, entry.kept_by, "kept_by")
    if {"owner", "marking"} & answered:
        possible.refuse_stranger(entry.programme, entry.owner, entry.marking)
    if "due" in answered:
        possible.refuse_past(entry.due, "due")
    for name in ("arose_on", "agreed_on"):
        if name in answered:
            possible.refuse_future(getattr(entry, name), name)
    if isinstance(entry, Dependency) and not entry.other_words:
        raise RuleBroken(NAME_THE_OTHER_SIDE, "other_department")


def _may_link(entry: Entry, by: User) -> bool:
    """A risk of the same programme that the person may see."""
    risks = Risk.objects.visible_to(by).filter(programme_id=entry.programme_id)
    return risks.filter(pk=entry.risk_id).exists()
