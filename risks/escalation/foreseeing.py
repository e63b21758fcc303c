"""What would follow for some risks of a programme, were they saved as they are. Nothing is written, nobody is told."""

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from programmes.models import Programme
from risks.escalation.deciding import Outcome, decide
from risks.escalation.surroundings import around_unsaved
from risks.escalation_levels import LADDER
from risks.escalation_rules import EscalationRule
from risks.models import Risk


@dataclass(frozen=True)
class Foreseen:
    """Levels, the lowest first: those that would be asked now, and those that would no longer be."""

    asked: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def foresee(
    programme: Programme, wanted: Sequence[tuple[Risk, Collection[int] | None]],
    rules: tuple[EscalationRule, ...] | None = None,
) -> list[Foreseen]:  # fmt: skip
    """One for each risk, in their order. Beside each stand the departments that it would affect; None: as now.

    `rules`: those of the register, where they would be others too.
    """
    if not wanted:
        return []
    risks = [copy.copy(risk) for risk, _departments in wanted]
    for number, risk in enumerate(risks, start=1):
        risk.pk = risk.pk or -number  # new ones have to be told from each other
    affecting = {
        risk.pk: departments
        for risk, (_risk, departments) in zip(risks, wanted, strict=True)
        if departments is not None
    }
    surroundings = around_unsaved(programme, risks, affecting, rules)
    return [_foreseen(decide(risk, surroundings)) for risk in risks]


def _foreseen(outcome: Outcome) -> Foreseen:
    anew = (*outcome.raised, *outcome.taken_up, *outcome.asked_again, *(each for each, _why in outcome.called_also))
    asked = {each.to_level for each in anew}
    left = {each.to_level for each in outcome.ended} - asked
    return Foreseen(*(tuple(level for level in LADDER if level in levels) for levels in (asked, left)))
