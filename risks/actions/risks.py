"""Adding a risk and changing what is said of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import escalation
from risks.actions import possible
from risks.actions.holding_back import hold_back_imports
from risks.actions.scores import assess
from risks.models import Risk
from risks.references import next_reference
from risks.register_terms import usual_review_due
from risks.scoring import ASSESSMENTS
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking
from xgov.records.holding import hold

# What a person says of a risk. Scores have a verb of their own, because each needs a reason.
ANSWERS = frozenset(
    {
        "title", "cause", "event", "consequence", "category", "local_category", "owner", "kept_by", "response",
        "identified_on", "review_due", "marking", "proximity", "velocity", "needs_funding", "target_by",
    }
)  # fmt: skip


@transaction.atomic
def add_risk(programme: Programme, *, by: User, reason: str = "", as_draft: bool = False, **answers: Any) -> Risk:
    """Put a risk on the register. `inherent`, `residual` and `target` are pairs of likelihood and impact.

    A draft may be unfinished. Raises RuleBroken, and ValidationError for an answer that is no answer.
    """
    programme = hold(programme)
    risk = Risk(programme=programme, status=Risk.Status.DRAFT if as_draft else Risk.Status.OPEN)
    _take(risk, {name: value for name, value in answers.items() if name not in ASSESSMENTS})
    rules.require(by, Permission.CONTRIBUTE, risk)
    possible.refuse_ended_programme(programme)
    assess(risk, {name: value for name, value in answers.items() if name in ASSESSMENTS})
    _refuse_impossible(risk, set(answers))
    risk.review_due = risk.review_due or usual_review_due(risk)
    risk.reference = next_reference(Risk, programme, "R")
    with acting(by, reason or _("Put on the register")):
        escalation.save(risk)
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any) -> Risk:
    """Change what is said of a risk. Raises ChangedMeanwhile when somebody else was quicker."""
    becomes_sensitive = answers.get("marking") == Marking.OFFICIAL_SENSITIVE
    risk = hold(risk, "programme") if becomes_sensitive else hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    check_seen(risk, seen_version)
    possible.refuse_ended_risk(risk)
    changed = {name for name, value in answers.items() if getattr(risk, name) != value}
    _take(risk, answers)
    rules.require(by, Permission.CONTRIBUTE, risk)  # a new keeper or marking must not put it out of their own reach
    _refuse_impossible(risk, changed)
    risk.review_due = risk.review_due or usual_review_due(risk)
    with acting(by, reason):
        escalation.save(risk)
        if "marking" in changed:
            hold_back_imports(risk.programme, [risk])
    return risk


@transaction.atomic
def open_risk(risk: Risk, *, by: User, reason: str = "", seen_version: int | None = None) -> Risk:
    """A draft becomes a risk of the register, once it says all that a risk must."""
    risk = hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    check_seen(risk, seen_version)
    if risk.status != Risk.Status.DRAFT:
        raise RuleBroken(_("This risk is not a draft."))
    possible.refuse_ended_programme(risk.programme)
    risk.status = Risk.Status.OPEN
    possible.refuse_unfinished(risk)
    risk.review_due = risk.review_due or usual_review_due(risk)
    with acting(by, reason):
        escalation.save(risk)
    return risk


def _take(risk: Risk, answers: dict[str, Any]) -> None:
    if unknown := set(answers) - ANSWERS:
        raise TypeError(f"A risk has no answer to {', '.join(sorted(unknown))}.")
    for name, value in answers.items():
        setattr(risk, name, value)


def _refuse_impossible(risk: Risk, answered: set[str]) -> None:
    """Only what was answered now is held against today: a review that fell due yesterday may stand."""
    risk.clean_fields(exclude={"programme", "reference", "owner", "kept_by", "closed_by"})
    possible.refuse_outside_department(risk.programme, risk.kept_by, "kept_by")
    if {"category", "local_category"} & answered:
        possible.refuse_wrong_category(risk)
    if {"owner", "marking"} & answered:
        possible.refuse_stranger(risk.programme, risk.owner, risk.marking)
    if "review_due" in answered:
        possible.refuse_past(risk.review_due, "review_due")
    if "target_by" in answered:
        possible.refuse_past(risk.target_by, "target_by")
    if "identified_on" in answered:
        possible.refuse_future(risk.identified_on, "identified_on")
    if risk.status != Risk.Status.DRAFT:
        possible.refuse_unfinished(risk)
