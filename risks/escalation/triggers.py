"""When a rule calls a risk up to its level. Each trigger is one question about one risk, on one day."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.models import Appointment, Party
from risks.escalation_rules import EscalationRule
from risks.models import AffectedDepartment, Risk
from xgov.access.doors import is_sensitive
from xgov.accounts.models import Membership
from xgov.records.fields import Marking

# Rank of the levels where a sensitive risk is never told of: nobody there may see it.
NEVER_SENSITIVE = frozenset({"CENTRE"})


def is_kept_from(level: str, risk: Risk, sensitive_programmes: Collection[int] | None = None) -> bool:
    """Whether nobody at the level may see the risk, whoever stands there; `sensitive_programmes` saves a query."""
    if level not in NEVER_SENSITIVE:
        return False
    return is_sensitive(risk) if sensitive_programmes is None else is_marked(risk, sensitive_programmes)


def is_above(risk: Risk, score: int, threshold: int) -> bool:
    """Whether this score lies so many points above what is tolerated."""
    return risk.tolerance_limit is not None and score - risk.tolerance_limit >= max(threshold, 1)


def _above_tolerance(risk: Risk, threshold: int, day: date) -> bool:
    return is_above(risk, risk.residual_score, threshold)


def _funding_needed(risk: Risk, threshold: int, day: date) -> bool:
    return risk.needs_funding and risk.residual_score >= threshold


def _time_critical(risk: Risk, threshold: int, day: date) -> bool:
    return risk.proximity == "IMMINENT" and risk.residual_score >= threshold


def _overdue(risk: Risk, threshold: int, day: date) -> bool:
    """Days since its review was due; the day itself is not late."""
    return risk.review_due is not None and (day - risk.review_due).days >= max(threshold, 1)


# OUTSIDE_AUTHORITY is for a person to say, and AFFECTS_OTHER_PARTY_NO_OWNER is asked for many risks at once, below.
_QUESTIONS: dict[str, Callable[[Risk, int, date], bool]] = {
    "ABOVE_TOLERANCE": _above_tolerance,
    "FUNDING_NEEDED": _funding_needed,
    "TIME_CRITICAL": _time_critical,
    "OVERDUE": _overdue,
}


def calling(
    risk: Risk, rules: Iterable[EscalationRule], day: date, *, adrift: Collection[int] = (), is_sensitive: bool = False
) -> dict[str, list[EscalationRule]]:
    """The levels that an open risk is called up to, each with all the rules that call it. `adrift`: see below."""
    found: dict[str, list[EscalationRule]] = {}
    for rule in rules:
        if is_sensitive and rule.level in NEVER_SENSITIVE:
            continue
        if _calls(rule, risk, day, adrift):
            found.setdefault(rule.level, []).append(rule)
    return found


def _calls(rule: EscalationRule, risk: Risk, day: date, adrift: Collection[int]) -> bool:
    if rule.trigger == "AFFECTS_OTHER_PARTY_NO_OWNER":
        return risk.pk in adrift and risk.residual_score >= rule.threshold
    if rule.trigger == "ABOVE_TOLERANCE" and risk.is_accepted_for(rule.level, day):
        return False
    question = _QUESTIONS.get(rule.trigger)
    return question is not None and question(risk, rule.threshold, day)


def could_be_called(day: date, rules: Iterable[EscalationRule]) -> Q:
    """Asked of the database before any rule: a risk to which none of this applies is called for its score alone."""
    found = Q(needs_funding=True) | Q(proximity="IMMINENT")
    late = [max(rule.threshold, 1) for rule in rules if rule.trigger == "OVERDUE"]
    return found | Q(review_due__lte=day - timedelta(days=min(late))) if late else found


def adrift(risks: QuerySet[Risk]) -> set[int]:
    """Of these, the risks that affect a department besides the keeper and whose owner has no role in the programme."""
    joined = Party.objects.accepted().filter(programme=OuterRef(OuterRef("programme"))).values("department")
    members = Membership.objects.current().filter(person=OuterRef("owner"), department__in=joined)
    appointed = Appointment.objects.current().filter(person=OuterRef("owner"), programme=OuterRef("programme"))
    reached = AffectedDepartment.objects.current().filter(risk=OuterRef("pk"))
    found = risks.filter(Exists(reached)).exclude(Q(owner__is_active=True) & (Exists(members) | Exists(appointed)))
    return set(found.order_by().values_list("pk", flat=True))


def is_marked(risk: Risk, sensitive_programmes: Collection[int]) -> bool:
    return risk.marking == Marking.OFFICIAL_SENSITIVE or risk.programme_id in sensitive_programmes
