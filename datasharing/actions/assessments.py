from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import put, refuse_marking_unseen, refuse_unless_taking_part, take
from datasharing.models import Assessment
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

State = Assessment.State
DECIDED = {State.APPROVED, State.SCREENED_NOT_NEEDED, State.REJECTED}


@transaction.atomic
def start_assessment(
    programme: Programme, *, by: User, reason: str = "", kept_by: Department, **answers: Any
) -> Assessment:
    programme = hold(programme)
    assessment = Assessment(programme=programme, kept_by=kept_by, **answers)
    refuse_marking_unseen(assessment, by)
    rules.require(by, Permission.CONTRIBUTE, assessment)
    refuse_unless_taking_part(programme, kept_by, "kept_by")
    _refuse_impossible(assessment)
    assessment.reference = Assessment.objects.filter(programme=programme).next_reference("DPIA")
    return put(assessment, by, reason)


@transaction.atomic
def change_assessment(
    assessment: Assessment, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any
) -> Assessment:
    assessment = hold(assessment)
    rules.require(by, Permission.CONTRIBUTE, assessment)
    check_seen(assessment, seen_version)
    if answers.get("kept_by", assessment.kept_by) != assessment.kept_by:
        rules.require(by, Permission.MANAGE, assessment)
        refuse_unless_taking_part(assessment.programme, answers["kept_by"], "kept_by")
    take(assessment, answers)
    refuse_marking_unseen(assessment, by)
    _refuse_impossible(assessment)
    return put(assessment, by, reason)


def _refuse_impossible(assessment: Assessment) -> None:
    if assessment.state in DECIDED:
        _refuse_undecided(assessment)
    if assessment.started_on > today():
        raise RuleBroken(_("The assessment cannot have started in the future."), "started_on")
    if assessment.decided_on and assessment.decided_on > today():
        raise RuleBroken(_("The day of the decision must be today or in the past."), "decided_on")
    if assessment.decided_on and assessment.decided_on < assessment.started_on:
        raise RuleBroken(_("The decision cannot be older than the assessment."), "decided_on")


def _refuse_undecided(assessment: Assessment) -> None:
    if not assessment.reviewer:
        raise RuleBroken(_("Name the data protection officer or reviewer who decided."), "reviewer")
    if assessment.decided_on is None:
        raise RuleBroken(_("Say on which day it was decided."), "decided_on")
    if assessment.state == State.SCREENED_NOT_NEEDED and not assessment.decision_reason:
        words = _("Say why no assessment is needed. Joining personal data across departments usually needs one.")
        raise RuleBroken(words, "decision_reason")
    if assessment.state == State.REJECTED and not assessment.decision_reason:
        raise RuleBroken(_("Say why the assessment is rejected."), "decision_reason")
    if assessment.state == State.APPROVED and assessment.high_risk_remains and not assessment.regulator_answer:
        words = _(
            "A high risk remains, so the Information Commissioner must be consulted before approval. "
            "Record what was answered."
        )
        raise RuleBroken(words, "regulator_answer")
