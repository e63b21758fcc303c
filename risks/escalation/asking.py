"""What stands on an escalation: why it is there, what is asked, by when, and what was answered before."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from risks.escalation import states
from risks.escalation.states import Verb
from risks.escalation.wording import reasons
from risks.escalation_rules import RESPONSE_DAYS, EscalationRule
from risks.models import Escalation, Risk
from xgov.pages import values
from xgov.records import working_days


def not_yet_asked(escalation: Escalation, rules: Sequence[EscalationRule]) -> list[EscalationRule]:
    """Of the rules that call for its level, those for which nobody there has been asked by it."""
    asked = set(escalation.also_called)
    if escalation.raised_itself and escalation.climbed_from_id is None:
        asked.add(escalation.trigger)
    return [rule for rule in rules if rule.trigger not in asked]


def triggers_of(rules: Sequence[EscalationRule]) -> set[str]:
    return {rule.trigger for rule in rules}


def answer_due(rules: Sequence[EscalationRule], day: date) -> date:
    """By the rule that leaves the least time."""
    return working_days.after(day, min((rule.response_days for rule in rules), default=RESPONSE_DAYS))


def what_was_left(past: Escalation, day: date) -> date:
    """The time for an answer stood still while the risk was accepted. There is a working day for it at the least."""
    left = working_days.between(localdate(past.ended_at), past.response_due)
    return working_days.after(day, max(left, 1))


def day_of_answer(escalation: Escalation) -> str:
    return values.day(localdate(escalation.answered_at))


def reason_anew(escalation: Escalation, risk: Risk, rules: Sequence[EscalationRule]) -> None:
    """For what it stands now, of all for which it was asked. What was asked stays beside its answer, if there is one.

    An answer covers all of it, whichever of it calls again.
    """
    new = not_yet_asked(escalation, rules)
    known = [rule for rule in rules if rule not in new]
    answered = {escalation.trigger} if not escalation.waits_for_an_answer else set()
    escalation.climbed_from = None
    escalation.trigger, escalation.reason = known[0].trigger, reasons(risk, known)
    escalation.also_called = sorted({*escalation.also_called, *answered, *triggers_of(known)} - {escalation.trigger})
    if escalation.waits_for_an_answer:
        escalation.ask = str(known[0].ask)


def ask_for_more(
    escalation: Escalation, risk: Risk, more: Sequence[EscalationRule], day: date, *, is_instead: bool
) -> None:
    """What is asked already stays first, unless it is over. Each trigger comes on top once."""
    said, asked = ([], []) if is_instead else ([escalation.reason], [escalation.ask])
    escalation.reason = " ".join([*said, reasons(risk, more)])
    new = [str(rule.ask) for rule in more if not any(str(rule.ask) in each for each in asked)]
    escalation.ask = " ".join([*asked, *dict.fromkeys(new)])
    escalation.also_called = sorted({*escalation.also_called, *triggers_of(more)})
    if is_instead:
        escalation.trigger = more[0].trigger
    escalation.response_due = min(escalation.response_due, answer_due(more, day))


def ask_again(escalation: Escalation, words: str, rules: Sequence[EscalationRule], day: date) -> None:
    """It waits as at first. What was answered before stays beside what is asked now."""
    states.go(escalation, Verb.ASK_AGAIN)
    escalation.reason = f"{escalation.reason} {words}"
    answer = f"{day_of_answer(escalation)}: {escalation.response}"
    escalation.answered_before = "\n".join(filter(None, [escalation.answered_before, answer]))
    escalation.acknowledged_at = escalation.acknowledged_by = None
    escalation.answered_at = escalation.answered_by = escalation.answered_score = None
    escalation.response = ""
    escalation.response_due = answer_due(rules, day)
