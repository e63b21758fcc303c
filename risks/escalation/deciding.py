"""What follows for one risk from where it stands: its columns, and which escalations begin, go on and end.

Nothing here asks the database or writes to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from risks.escalation import asking, states, triggers
from risks.escalation.states import Verb
from risks.escalation.surroundings import Surroundings
from risks.escalation.wording import reasons, what_came_of_it
from risks.escalation_levels import RANK
from risks.escalation_rules import QUIET_DAYS, REST_DAYS, EscalationRule
from risks.models import Escalation, Risk

COLUMNS = ("appetite_limit", "tolerance_limit", "above_appetite_since", "above_tolerance_since", "escalated_to")


@dataclass
class Outcome:
    """What was decided on one risk. The columns are set on it already; nothing has been written."""

    risk: Risk
    columns_changed: bool = False
    raised: list[Escalation] = field(default_factory=list)
    taken_up: list[Escalation] = field(default_factory=list)
    asked_again: list[Escalation] = field(default_factory=list)
    reasoned_anew: list[Escalation] = field(default_factory=list)
    called_also: list[tuple[Escalation, str]] = field(default_factory=list)  # each with what came on top
    ended: list[Escalation] = field(default_factory=list)

    @property
    def changed(self) -> list[Escalation]:
        """Those that were there before, each once: what is taken up may be asked again as well."""
        found = [*self.ended, *self.taken_up, *self.asked_again, *self.reasoned_anew]
        found += [escalation for escalation, _why in self.called_also]
        return list({each.pk: each for each in found}.values())

    @property
    def is_something(self) -> bool:
        return self.columns_changed or bool(self.raised or self.changed)


def decide(risk: Risk, around: Surroundings) -> Outcome:
    outcome = Outcome(risk)
    before = [getattr(risk, name) for name in COLUMNS]
    if not risk.has_ended:
        risk.appetite_limit, risk.tolerance_limit = around.appetites.limits(risk)
    _mark_since(risk, around)
    live = _that_go_on(risk, around, outcome)
    risk.escalated_to = max(live, key=RANK.__getitem__) if live else ""
    outcome.columns_changed = before != [getattr(risk, name) for name in COLUMNS]
    return outcome


def _mark_since(risk: Risk, around: Surroundings) -> None:
    """Since when the residual score is above each limit. While it stays above, the moment stays."""
    for since, limit in (
        ("above_appetite_since", risk.appetite_limit),
        ("above_tolerance_since", risk.tolerance_limit),
    ):
        is_above = risk.is_open and limit is not None and risk.residual_score > limit
        if not is_above:
            setattr(risk, since, None)
        elif getattr(risk, since) is None:
            setattr(risk, since, around.moment)


def _that_go_on(risk: Risk, around: Surroundings, outcome: Outcome) -> set[str]:
    """The levels at which an escalation is live afterwards."""
    calling = _calling(risk, around)
    called = {level: rules[0] for level, rules in calling.items()}
    going_on: dict[str, Escalation] = {}
    for level, escalation in sorted(around.live.get(risk.pk, {}).items(), key=lambda item: RANK[item[0]]):
        if _still_called(risk, escalation, called, around):
            going_on[level] = escalation
            if _holds_for_another_reason(risk, escalation, calling, around):
                asking.reason_anew(escalation, risk, calling[level])
                outcome.reasoned_anew.append(escalation)
        else:
            _end(escalation, risk, around)
            outcome.ended.append(escalation)
    for level, rules in sorted(calling.items(), key=lambda item: RANK[item[0]]):
        if level not in going_on:
            going_on[level] = _begin(risk, rules, around, outcome, list(going_on))
    for level, escalation in going_on.items():
        _ask_again_or_for_more(escalation, risk, calling.get(level, ()), around, outcome)
    return set(going_on)


def _ask_again_or_for_more(
    escalation: Escalation, risk: Risk, rules: Sequence[EscalationRule], around: Surroundings, outcome: Outcome
) -> None:
    """Again what was answered at a lower score, and beside what it waits for what else calls for the same level."""
    is_worse = _is_worse_than_answered(risk, escalation, around)
    more = asking.not_yet_asked(escalation, rules)
    if is_worse:
        words = _("The residual score rose to %(score)d after the answer of %(day)s.")
        said = {"score": risk.residual_score, "day": asking.day_of_answer(escalation)}
        asking.ask_again(escalation, words % said, rules, around.day)
        outcome.asked_again.append(escalation)
    elif more and not escalation.waits_for_an_answer:
        words = _("It was answered on %(day)s.") % {"day": asking.day_of_answer(escalation)}
        asking.ask_again(escalation, words, rules, around.day)
    if more:
        asking.ask_for_more(escalation, risk, more, around.day, is_instead=_is_over(escalation, rules))
        if not is_worse:
            outcome.called_also.append((escalation, reasons(risk, more)))


def _is_over(escalation: Escalation, rules: Sequence[EscalationRule]) -> bool:
    """The rule for which it was asked calls for it no more. What a person asked, or nobody answered below, stands."""
    if not escalation.raised_itself or escalation.climbed_from_id is not None:
        return False
    return escalation.trigger not in asking.triggers_of(rules)


def _calling(risk: Risk, around: Surroundings) -> dict[str, list[EscalationRule]]:
    if not risk.is_open:
        return {}
    is_sensitive = triggers.is_marked(risk, around.sensitive_programmes)
    rules = [rule for rule in around.rules[risk.programme_id] if not _rests(risk, rule, around)]
    return triggers.calling(risk, rules, around.day, adrift=around.adrift, is_sensitive=is_sensitive)


def triggers_calling(risk: Risk, level: str, around: Surroundings) -> list[str]:
    """All that call an open risk up to this level, whatever they have called up before."""
    is_sensitive = triggers.is_marked(risk, around.sensitive_programmes)
    rules = around.rules[risk.programme_id] if risk.is_open else ()
    calling = triggers.calling(risk, rules, around.day, adrift=around.adrift, is_sensitive=is_sensitive)
    return sorted({rule.trigger for rule in calling.get(level, ())})


def _rests(risk: Risk, rule: EscalationRule, around: Surroundings) -> bool:
    """A person returned or closed what the same trigger had called for, and the risk has not become worse since."""
    live = around.live.get(risk.pk, {}).get(rule.level)
    if live is not None and live.raised_itself and live.trigger == rule.trigger:
        return False
    past = _newest_past(risk, rule, around)
    if past is None or past.ended_by_id is None or past.ended_at < around.moment - timedelta(days=REST_DAYS):
        return False
    return risk.residual_score <= past.ended_score


def _newest_past(risk: Risk, rule: EscalationRule, around: Surroundings) -> Escalation | None:
    """What the same trigger called up to this level, alone or among others, and ended last."""
    past = reversed(around.past.get((risk.pk, rule.level), []))
    return next((each for each in past if rule.trigger in _called_by(each)), None)


def _called_by(escalation: Escalation) -> set[str]:
    """Its triggers. Of what climbed the first only says that nobody answered below."""
    return {*escalation.also_called, escalation.trigger if escalation.climbed_from_id is None else ""}


def _still_called(risk: Risk, escalation: Escalation, called: dict[str, EscalationRule], around: Surroundings) -> bool:
    """What began by itself ends by itself; what a person raised, once the risk is within its appetite and lower."""
    if not risk.is_open or triggers.is_kept_from(escalation.to_level, risk, around.sensitive_programmes):
        return False
    if not escalation.raised_itself:
        within = risk.appetite_limit is not None and risk.residual_score <= risk.appetite_limit
        return not (within and risk.residual_score < escalation.score)
    if escalation.to_level in called:
        return True
    return escalation.climbed_from_id is not None and _waits_below(risk, escalation, called, around)


def _waits_below(risk: Risk, climbed: Escalation, called: dict[str, EscalationRule], around: Surroundings) -> bool:
    """Whether what it climbed from still waits, or only was accepted there, which ends nothing higher up."""
    level = climbed.from_level
    below = around.live.get(risk.pk, {}).get(level)
    if below is not None and below.is_live:
        return below.waits_for_an_answer
    if level in called:  # an acceptance has run out: it is asked there again in a moment
        return True
    is_accepted_below = risk.is_accepted_on(around.day) and not risk.is_accepted_for(climbed.to_level, around.day)
    return is_accepted_below and triggers.is_above(risk, risk.residual_score, 1)


def _holds_for_another_reason(
    risk: Risk, escalation: Escalation, calling: dict[str, list[EscalationRule]], around: Surroundings
) -> bool:
    """What called for it no longer does, and another rule for which it was asked too keeps it where it is.

    What a person said stays theirs.
    """
    rules = calling.get(escalation.to_level, [])
    if not escalation.raised_itself or len(asking.not_yet_asked(escalation, rules)) == len(rules):
        return False
    if escalation.climbed_from_id is not None:
        called = {level: first for level, (first, *_others) in calling.items()}
        return not _waits_below(risk, escalation, called, around)
    return escalation.trigger not in asking.triggers_of(rules)


def _begin(
    risk: Risk, rules: Sequence[EscalationRule], around: Surroundings, outcome: Outcome, live: list[str]
) -> Escalation:
    first = rules[0]
    past = _newest_past(risk, first, around)
    quiet_since = around.moment - timedelta(days=QUIET_DAYS)
    if past is not None and past.ended_by_id is None and past.ended_at >= quiet_since:
        _take_up(past, risk, rules, around, stood_still=_ended_by_acceptance(past, risk, first))
        outcome.taken_up.append(past)
        return past
    below = [level for level in live if RANK[level] < RANK[first.level]]
    raised = Escalation(
        programme_id=risk.programme_id, risk=risk, from_level=max(below, key=RANK.__getitem__, default="PROJECT"),
        to_level=first.level, trigger=first.trigger, reason=reasons(risk, rules), ask=str(first.ask),
        score=risk.residual_score, raised_at=around.moment, response_due=asking.answer_due(rules, around.day),
        also_called=sorted(asking.triggers_of(rules) - {first.trigger}),
    )  # fmt: skip
    if past is not None and past.answered_at is None and _ended_by_acceptance(past, risk, first):
        raised.response_due = min(raised.response_due, asking.what_was_left(past, around.day))
    outcome.raised.append(raised)
    return raised


def _ended_by_acceptance(past: Escalation, risk: Risk, rule: EscalationRule) -> bool:
    """It is the same matter: the risk was above what is tolerated all the time, and only borne for a while."""
    if rule.trigger != "ABOVE_TOLERANCE" or past.ended_by_id is not None or risk.above_tolerance_since is None:
        return False
    is_the_same = past.ended_at >= risk.above_tolerance_since
    return is_the_same and triggers.is_above(risk, past.ended_score, rule.threshold)


def _take_up(
    escalation: Escalation, risk: Risk, rules: Sequence[EscalationRule], around: Surroundings, *, stood_still: bool
) -> None:
    """It goes on where it stood, with time for the answer as at first, or what was left of it where it stood still.

    Of that only those are told who were told that it had ended.
    """
    if stood_still:
        escalation.response_due = asking.what_was_left(escalation, around.day)
    else:
        escalation.response_due = max(escalation.response_due, asking.answer_due(rules, around.day))
    states.go(escalation, Verb.TAKE_UP)
    escalation.ended_at, escalation.outcome, escalation.ended_score = None, "", 0
    escalation.times_taken_up += 1
    if escalation.raised_itself:
        asking.reason_anew(escalation, risk, rules)
    if escalation.waits_for_an_answer:
        escalation.score = risk.residual_score


def _is_worse_than_answered(risk: Risk, escalation: Escalation, around: Surroundings) -> bool:
    """What is accepted at its present score asks nobody again."""
    if not states.can(escalation, Verb.ASK_AGAIN) or risk.is_accepted_for(escalation.to_level, around.day):
        return False
    answered = escalation.score if escalation.answered_score is None else escalation.answered_score
    return risk.residual_score > answered


def _end(escalation: Escalation, risk: Risk, around: Surroundings) -> None:
    states.go(escalation, Verb.END_ITSELF)
    escalation.ended_at, escalation.ended_score = around.moment, risk.residual_score
    escalation.outcome = what_came_of_it(risk, escalation, around)
