"""A risk above appetite escalates by itself: the one rule, asked at each save of a score or an appetite.

Rule (a local default, in line with question 14 of the National Audit Office's guide): an open risk whose residual score
is above the appetite in force for its category is escalated, from that moment until it no longer is.
"""

from collections.abc import Iterable

from django.db.models import Q

from programmes.models import Programme
from risks.models import Appetite, Risk
from xgov.records.clock import now
from xgov.records.holding import hold_all


def appetite_for(risk: Risk) -> Appetite | None:
    """The appetite that applies to the risk today; None when none has been agreed for its category."""
    return Appetite.objects.current().joint().filter(programme_id=risk.programme_id, category=risk.category).first()


def appetites_in_force(programmes: Iterable[Programme]) -> dict[tuple[int, str], Appetite]:
    """By programme id and category, in one query."""
    found = Appetite.objects.current().joint().filter(programme__in=list(programmes))
    return {(appetite.programme_id, appetite.category): appetite for appetite in found}


def points_above(risk: Risk, appetite: Appetite | None) -> int:
    """How many points the residual score lies above the appetite; 0 when it does not, or when there is none."""
    return max(0, risk.residual_score - appetite.max_residual_score) if appetite else 0


def reconsider(risk: Risk) -> None:
    """Set or clear `above_appetite_since` on a risk about to be saved. While it stays above, the moment stays."""
    above = risk.is_open and points_above(risk, appetite_for(risk)) > 0
    if not above:
        risk.above_appetite_since = None
    elif risk.above_appetite_since is None:
        risk.above_appetite_since = now()


def reconsider_all(appetite: Appetite) -> int:
    """After a change of appetite: save the risks that cross the new limit, and only those. Gives their number."""
    concerned = Risk.objects.open().filter(programme_id=appetite.programme_id, category=appetite.category)
    rises = Q(residual_score__gt=appetite.max_residual_score, above_appetite_since__isnull=True)
    falls = Q(residual_score__lte=appetite.max_residual_score, above_appetite_since__isnull=False)
    crossing = hold_all(concerned.filter(rises | falls))
    moment = now()
    for risk in crossing:
        risk.above_appetite_since = moment if risk.above_appetite_since is None else None
    if crossing:
        Risk.objects.save_many(crossing, ["above_appetite_since"])
    return len(crossing)
