"""Scoring a risk again. Each score is kept, with the reason, in the risk's history (rule RSK-6)."""

from datetime import date

from django.db import transaction

from risks import escalation, scoring
from risks.actions import possible
from risks.actions.acceptances import end_overtaken
from risks.models import Risk
from risks.register_terms import is_on_another_scale, terms_now, usual_review_due
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.holding import hold

Pair = tuple[int, int]  # likelihood, impact


def assess(risk: Risk, assessments: dict[str, Pair | None]) -> None:
    """Set the assessments that are named, on the scale of the register. Raises NotOnTheScale.

    What was scored on another scale and is not named is taken away: a risk is never scored on two.
    """
    if unknown := set(assessments) - set(scoring.ASSESSMENTS):
        raise TypeError(f"A risk has no score called {', '.join(sorted(unknown))}.")
    terms = terms_now(risk.programme)
    if is_on_another_scale(risk, terms):
        assessments = dict.fromkeys(scoring.ASSESSMENTS) | assessments
    for name, pair in assessments.items():
        setattr(risk, name, terms.scale.score(*pair) if pair else scoring.NOT_SCORED)
        if name != "target":
            setattr(risk, f"{name}_on", today() if pair else None)


@transaction.atomic
def rescore_risk(
    risk: Risk, *, by: User, reason: str, review_due: date | None = None, target_by: date | None = None,
    seen_version: int | None = None, **assessments: Pair | None,
) -> Risk:  # fmt: skip
    """Review the risk and score it anew, or as before: `residual=(4, 5)`, likewise `inherent` and `target`.

    An assessment that is not named stays; None takes it away, where a risk can be without. The next review falls due
    on `review_due`, or else by the interval of the new band. Without `target_by` the target's day stays. A score above
    what was accepted ends the acceptance.
    """
    risk = hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    check_seen(risk, seen_version)
    possible.refuse_ended_risk(risk)
    possible.refuse_silence(reason)
    possible.refuse_past(review_due, "review_due")
    if target_by != risk.target_by:
        possible.refuse_past(target_by, "target_by")
    assess(risk, assessments)
    if risk.is_open:
        possible.refuse_unfinished(risk)
    risk.review_due = review_due or usual_review_due(risk)
    risk.residual_on = today() if risk.residual else None  # scored as before is scored today too
    risk.target_by = (target_by or risk.target_by) if risk.target else None
    with acting(by, reason):
        end_overtaken([risk])
        escalation.save(risk)
    return risk
