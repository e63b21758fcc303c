"""Deciding on risks and writing what was decided: only what changed, and many as few statements as one."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from risks.escalation import climbing, finding, telling
from risks.escalation.deciding import COLUMNS, Outcome, decide, triggers_calling
from risks.escalation.surroundings import around, around_unsaved
from risks.models import Escalation, Risk
from risks.querysets import RiskQuerySet
from xgov.records.acting import acting, current_signer, system_signer
from xgov.records.holding import hold_all

_CHANGED = (
    "state", "trigger", "reason", "ask", "response_due", "acknowledged_at", "acknowledged_by", "answered_at",
    "answered_by", "answered_score", "response", "ended_at", "ended_by", "ended_score", "outcome", "score",
    "times_taken_up", "also_called", "answered_before", "climbed_from",
)  # fmt: skip


def save(risk: Risk) -> Risk:
    """Save a risk that an action has locked and changed, and let it escalate or return. Signed by whoever acts."""
    outcome = decide(risk, around_unsaved(risk.programme, [risk]))
    risk.save()
    _carry_out([outcome])
    return risk


def save_if_changed(risk: Risk) -> Risk:
    """The same for a risk of which nothing changed but what surrounds it: it may be that nothing follows."""
    outcome = decide(risk, around_unsaved(risk.programme, [risk]))
    if outcome.columns_changed:
        risk.save()
    _carry_out([outcome])
    return risk


def also_calling(escalation: Escalation) -> list[str]:
    """The triggers besides its own for which the risk would be before this level today."""
    risk = escalation.risk
    found = triggers_calling(risk, escalation.to_level, around_unsaved(risk.programme, [risk]))
    return [trigger for trigger in found if trigger != escalation.trigger]


@transaction.atomic
def create_many(risks: Sequence[Risk]) -> None:
    """Put new risks on the register in one write, and let those escalate that are above a threshold from the start."""
    outcomes = _decided(risks)
    Risk.objects.create_many(risks)
    _carry_out(outcomes)


@transaction.atomic
def save_many(risks: Sequence[Risk], fields: Iterable[str]) -> None:
    """`save` for many risks that an action has changed in these fields: in one write, each with a row of history."""
    outcomes = _decided(risks)
    if risks:
        Risk.objects.save_many(risks, sorted({*fields, *COLUMNS}))
    _carry_out(outcomes)


def _decided(risks: Sequence[Risk]) -> list[Outcome]:
    surroundings = around(risks) if risks else None
    return [decide(risk, surroundings) for risk in risks]


@transaction.atomic
def reconsider_all(risks: RiskQuerySet) -> int:
    """Decide on all of these anew. Only those that cross a threshold are written; gives their number."""
    found = hold_all(risks)
    outcomes = _that_are_something(found)
    changed = [outcome.risk for outcome in outcomes if outcome.columns_changed]
    if changed:
        Risk.objects.save_many(changed, COLUMNS)
    _carry_out(outcomes)
    return len(outcomes)


def escalate_all() -> int:
    """Every night: thresholds crossed by what began or ended today, and what has become late. Gives the number."""
    crossing = finding.crossing()
    with acting(system_signer(_("Nightly check of escalation"))):
        changed = reconsider_all(Risk.objects.filter(pk__in=crossing)) if crossing else 0
        return changed + climbing.climb()


def _that_are_something(risks: Sequence[Risk]) -> list[Outcome]:
    if not risks:
        return []
    surroundings = around(risks)
    outcomes = (decide(risk, surroundings) for risk in risks)
    return [outcome for outcome in outcomes if outcome.is_something]


def _carry_out(outcomes: Iterable[Outcome]) -> None:
    """Write the escalations, signed by the rules and with the reason of whoever acts, and tell of the new ones."""
    outcomes = list(outcomes)
    changed = [each for outcome in outcomes for each in outcome.changed]
    raised = [each for outcome in outcomes for each in outcome.raised]
    with acting(system_signer(_("Escalation rules")), current_signer().reason):
        if changed:
            Escalation.objects.save_many(changed, _CHANGED)
        if raised:
            Escalation.objects.create_many(raised)
    telling.tell_of_raised_by_itself(raised, current_signer().person if len(outcomes) == 1 else None)
    telling.tell_of_asked_again([each for outcome in outcomes for each in outcome.asked_again])
    telling.tell_of_more([each for outcome in outcomes for each in outcome.called_also])
    telling.tell_of_taken_up([each for outcome in outcomes for each in outcome.taken_up])
    telling.tell_of_ended([each for outcome in outcomes for each in outcome.ended])
