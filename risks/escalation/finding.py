"""The risks on which something may follow tonight, found in a few statements, however many risks there are."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from risks.escalation import triggers
from risks.escalation.deciding import decide
from risks.escalation.surroundings import around
from risks.escalation_rules import DEFAULT_RULES, EscalationRule
from risks.models import AffectedDepartment, Appetite, DepartmentAppetite, RegisterSettings, Risk
from risks.querysets import RiskQuerySet
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today

# Looked back over, in case the machine was off on the day itself.
DAYS_BACK = 14

# All that is needed to decide, so that the long texts stay where they are.
_FACTS = (
    "programme_id", "kept_by_id", "owner_id", "category", "scale", "status", "marking", "residual_score", "review_due",
    "proximity", "needs_funding", "accepted_up_to", "accepted_until", "accepted_level", "appetite_limit",
    "tolerance_limit", "above_appetite_since", "above_tolerance_since", "escalated_to",
)  # fmt: skip


def crossing() -> list[int]:
    """The keys of the open risks that escalate, return or change a limit when they are decided on now."""
    day = today()
    running = Risk.objects.open().exclude(programme__status__in=["CLOSED", "CANCELLED"]).order_by()
    found: dict[int, Risk] = {}
    for risks in (running.filter(_worth_a_look(day)), *_with_other_limits(running, day)):
        found.update((risk.pk, risk) for risk in risks.only(*_FACTS))
    if not found:
        return []
    surroundings = around(list(found.values()))
    return [risk.pk for risk in found.values() if decide(risk, surroundings).is_something]


def _worth_a_look(day: date) -> Q:
    """What a rule may call up, what is up, and what is not marked as it stands."""
    return (
        triggers.could_be_called(day, _rules_anywhere())
        | Q(residual_score__gt=F("tolerance_limit"))
        | Q(above_tolerance_since__isnull=False)
        | Q(residual_score__gt=F("appetite_limit"), above_appetite_since__isnull=True)
        | Q(residual_score__lte=F("appetite_limit"), above_appetite_since__isnull=False)
        | ~Q(escalated_to="")
    )


def _rules_anywhere() -> list[EscalationRule]:
    """The rules of all programmes, those that agreed on none of their own included."""
    agreed = RegisterSettings.objects.in_force()
    return [*DEFAULT_RULES, *(rule for each in agreed for rule in each.agreed_terms.escalation_rules)]


def _with_other_limits(risks: RiskQuerySet, day: date) -> list[RiskQuerySet]:
    """Those whose limits may be others since an appetite, or a department’s being affected, began or ended."""
    affected = AffectedDepartment.objects.filter(risk=OuterRef("pk"))
    joint = _turned(Appetite.objects.all(), day).filter(programme=OuterRef("programme"), category=OuterRef("category"))
    own = _turned(DepartmentAppetite.objects.all(), day).filter(category=OuterRef("category"))
    return [
        risks.filter(Exists(joint)),
        risks.filter(Exists(own.filter(department=OuterRef("kept_by")))),
        risks.filter(Exists(affected.current(day).filter(department__in=_departments(day)))),
        risks.filter(Exists(_turned(affected, day))),
    ]


def _departments(day: date) -> DatedQuerySet:
    return _turned(DepartmentAppetite.objects.all(), day).values("department")


def _turned(rows: DatedQuerySet, day: date) -> DatedQuerySet:
    """Rows that began or ended in the last days."""
    lately = (day - timedelta(days=DAYS_BACK), day)
    return rows.filter(Q(since__range=lately) | Q(until__range=lately))
