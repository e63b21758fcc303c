"""Scoring a risk again. Each score is kept, with the reason, in the risk's history (rule RSK-6)."""

from datetime import date

from django.db import transaction

from risks import escalation, scoring
from risks.actions import possible
from risks.actions.risks import Pair
from risks.models import Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.editing import check_seen


@transaction.atomic
def rescore_risk(
    risk: Risk, *, by: User, reason: str, residual: Pair, inherent: Pair | None = None, target: Pair | None = None,
    review_due: date | None = None, seen_version: int | None = None,
) -> Risk:  # fmt: skip
    """Review the risk and score it anew, or as before. Pairs are likelihood and impact; what is None stays.

    The next review falls due on `review_due`, or else by the interval of the new band.
    """
    risk = Risk.objects.select_for_update().get(pk=risk.pk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    check_seen(risk, seen_version)
    possible.refuse_ended_risk(risk)
    possible.refuse_silence(reason)
    possible.refuse_past(review_due, "review_due")
    risk.residual = scoring.score(*residual)
    if inherent:
        risk.inherent = scoring.score(*inherent)
    if target:
        risk.target = scoring.score(*target)
    risk.review_due = review_due or risk.usual_review_due
    escalation.reconsider(risk)
    with acting(by, reason):
        risk.save()
    return risk
