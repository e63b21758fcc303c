"""Closing a risk, and opening it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from risks import escalation
from risks.actions import possible
from risks.actions.acceptances import end_with
from risks.actions.entries import issue_from
from risks.models import Acceptance, Risk
from risks.register_terms import usual_review_due
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def close_risk(
    risk: Risk, *, by: User, reason: str, has_happened: bool = False, seen_version: int | None = None
) -> Risk:
    """It can no longer happen; or it has, and lives on as an issue. Of two people who close it, the first does."""
    risk = hold(risk, "programme")  # an issue that comes of it gets its number there
    rules.require(by, Permission.CONTRIBUTE, risk)
    check_seen(risk, seen_version)
    if risk.has_ended:
        raise RuleBroken(_("This risk is already closed."))
    if risk.status == Risk.Status.DRAFT and has_happened:
        raise RuleBroken(_("This risk is a draft. Open it first, then record that it has happened."))
    possible.refuse_silence(reason)
    risk.status = Risk.Status.MATERIALISED if has_happened else Risk.Status.CLOSED
    risk.closed_at, risk.closed_by, risk.closing_reason = now(), by, reason.strip()
    risk.review_due = None
    with acting(by, reason):
        end_with([risk], Acceptance.Ended.RISK_ENDED)
        escalation.save(risk)
    if has_happened:
        issue_from(risk, by=by, reason=reason.strip())
    return risk


@transaction.atomic
def reopen_risk(risk: Risk, *, by: User, reason: str) -> Risk:
    """It may happen after all. What was closed as an unfinished draft is a draft again."""
    risk = hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    if not risk.has_ended:
        raise RuleBroken(_("This risk is already open."))
    possible.refuse_ended_programme(risk.programme)
    possible.refuse_silence(reason)
    risk.status = Risk.Status.DRAFT if possible.missing_from(risk) else Risk.Status.OPEN
    risk.closed_at, risk.closed_by, risk.closing_reason = None, None, ""
    risk.review_due = usual_review_due(risk)
    with acting(by, reason):
        escalation.save(risk)
    return risk
