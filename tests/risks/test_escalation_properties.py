"""Whatever people score, accept and answer: thresholds hold, no illegal way is gone, and the owner stays."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from risks.escalation import states
from risks.escalation.deciding import decide
from risks.escalation.limits import Appetites
from risks.escalation.states import WAYS, Verb
from risks.escalation.surroundings import Surroundings
from risks.escalation.triggers import calling
from risks.escalation_levels import LEVELS, RANK
from risks.escalation_rules import DEFAULT_RULES, EscalationRule
from risks.models import Appetite, Escalation, Risk

DAY = date(2026, 11, 23)
SCORES = st.integers(1, 25)
OWNER = 7


def a_risk(**facts) -> Risk:
    told = {"programme_id": 1, "kept_by_id": 1, "owner_id": OWNER, "category": "OPERATIONS", "pk": 1, **facts}
    return Risk(status=facts.get("status", "OPEN"), review_due=DAY, **{k: v for k, v in told.items() if k != "status"})


@given(SCORES, SCORES, st.integers(1, 10))
def test_a_rule_calls_from_its_threshold_on_and_not_before(score: int, tolerance: int, threshold: int) -> None:
    risk = a_risk(residual_score=score, tolerance_limit=tolerance)
    rules = [EscalationRule("SRO", "ABOVE_TOLERANCE", threshold, "Decide.", 10)]
    assert bool(calling(risk, rules, DAY)) == (score - tolerance >= threshold)


@given(SCORES, SCORES, SCORES, st.integers(-3, 3))
def test_an_acceptance_holds_up_to_its_score_and_to_its_last_day(
    score: int, tolerance: int, accepted: int, days: int
) -> None:
    risk = a_risk(
        residual_score=score, tolerance_limit=tolerance, accepted_up_to=accepted,
        accepted_until=DAY + timedelta(days=days), accepted_level="SRO",
    )  # fmt: skip
    holds = score <= accepted and days >= 0
    called = calling(risk, DEFAULT_RULES, DAY)
    assert ("SRO" in called) == (score > tolerance and not holds)
    assert ("SPONSOR_GROUP" in called) == (score - tolerance >= 6), "the SRO does not decide for the sponsors"


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=4))
def test_the_strictest_of_all_applies(pairs: list[tuple[int, int]]) -> None:
    appetites, risk = Appetites(), a_risk(residual_score=9)
    for department, (one, other) in enumerate(pairs, start=1):
        row = Appetite(max_residual_score=min(one, other), tolerance_score=max(one, other))
        appetites.party[1, department, "OPERATIONS", "5X5"] = row
        appetites.affected[1] = [*appetites.affected[1], department]
    limits = appetites.limits(risk)
    assert limits == (min(min(pair) for pair in pairs), min(max(pair) for pair in pairs))


@given(SCORES)
def test_a_sensitive_risk_never_reaches_the_centre(score: int) -> None:
    rules = [EscalationRule(level, "ABOVE_TOLERANCE", 1, "Decide.", 10) for level in LEVELS]
    risk = a_risk(residual_score=score, tolerance_limit=0)
    assert "CENTRE" not in calling(risk, rules, DAY, is_sensitive=True)
    assert "CENTRE" in calling(risk, rules, DAY)


class Escalating(RuleBasedStateMachine):
    """One risk, its limits and its escalations: what the engine and people do in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.appetite = Appetite(max_residual_score=6, tolerance_score=9)
        self.risk = a_risk(residual_score=5)
        self.all: list[Escalation] = []
        self.keys = count(1)
        self.around = Surroundings(Appetites(), {1: DEFAULT_RULES}, day=DAY)
        self.around.appetites.joint[1, "OPERATIONS", "5X5"] = self.appetite

    def settle(self) -> None:
        self.around = replace(self.around, live={1: {e.to_level: e for e in self.all if e.is_live}})
        self.around.past.clear()
        for each in sorted((e for e in self.all if not e.is_live), key=lambda e: (e.ended_at, e.pk)):
            self.around.past[1, each.to_level].append(each)
        for each in decide(self.risk, self.around).raised:
            each.pk = next(self.keys)
            self.all.append(each)

    @rule(score=SCORES)
    def score(self, score: int) -> None:
        self.risk.residual_score = score
        self.settle()

    @rule(limit=st.integers(1, 15), more=st.integers(0, 10))
    def agree(self, limit: int, more: int) -> None:
        self.appetite.max_residual_score, self.appetite.tolerance_score = limit, limit + more
        self.settle()

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        later = timedelta(days=days)
        self.around = replace(self.around, day=self.around.day + later, moment=self.around.moment + later)
        self.risk.review_due = self.around.day
        self.settle()

    @precondition(lambda self: self.all)
    @rule(data=st.data(), verb=st.sampled_from([Verb.ACKNOWLEDGE, Verb.RESPOND, Verb.RETURN, Verb.CLOSE]))
    def do(self, data: st.DataObject, verb: Verb) -> None:
        escalation = data.draw(st.sampled_from(self.all))
        was = escalation.state
        if not states.can(escalation, verb):
            with pytest.raises(ValueError, match="cannot"):
                states.go(escalation, verb)
            assert escalation.state == was
            return
        states.go(escalation, verb)
        moment = self.around.moment
        if verb == Verb.ACKNOWLEDGE:
            escalation.acknowledged_at = moment
        elif verb == Verb.RESPOND:
            escalation.answered_at, escalation.answered_score = moment, self.risk.residual_score
        else:
            escalation.ended_at, escalation.ended_by_id, escalation.ended_score = moment, 3, self.risk.residual_score
        assert escalation.state == WAYS[verb][1]
        self.settle()

    @rule()
    def close_and_open_again(self) -> None:
        self.risk.status = "CLOSED"
        self.settle()
        assert not any(each.is_live for each in self.all)
        self.risk.status = "OPEN"
        self.settle()

    @invariant()
    def one_live_escalation_a_level(self) -> None:
        levels = [each.to_level for each in self.all if each.is_live]
        assert len(levels) == len(set(levels))
        assert self.risk.escalated_to == (max(levels, key=RANK.__getitem__) if levels else "")

    @invariant()
    def nothing_waits_that_is_tolerated(self) -> None:
        if self.risk.residual_score <= self.appetite.tolerance_score:
            assert not any(each.is_live for each in self.all)

    @invariant()
    def no_answer_stands_for_a_score_above_it(self) -> None:
        answered = [each.answered_score for each in self.all if each.state == "ANSWERED"]
        assert all(self.risk.residual_score <= score for score in answered)

    @invariant()
    def the_owner_stays(self) -> None:
        assert self.risk.owner_id == OWNER


Escalating.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestEscalating = Escalating.TestCase
