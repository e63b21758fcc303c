"""The states of an escalation and the ways between them, as data: what is not here cannot happen."""

from enum import StrEnum

from risks.models import Escalation

State = Escalation.State


class Verb(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    RETURN = "return"  # to those below, who deal with it
    CLOSE = "close"
    END_ITSELF = "end itself"  # what called for it is gone
    TAKE_UP = "take up"  # what called for it is back, soon after
    ASK_AGAIN = "ask again"  # the risk has become worse than what was answered


WAYS: dict[Verb, tuple[frozenset[State], State | None]] = {
    Verb.ACKNOWLEDGE: (frozenset({State.OPEN}), State.ACKNOWLEDGED),
    Verb.RESPOND: (frozenset({State.OPEN, State.ACKNOWLEDGED}), State.ANSWERED),
    Verb.RETURN: (frozenset(Escalation.LIVE), State.RETURNED),
    Verb.CLOSE: (frozenset(Escalation.LIVE), State.ENDED),
    Verb.END_ITSELF: (frozenset(Escalation.LIVE), State.ENDED),
    Verb.TAKE_UP: (frozenset({State.ENDED}), None),  # where it stood
    Verb.ASK_AGAIN: (frozenset({State.ANSWERED}), State.OPEN),
}


def can(escalation: Escalation, verb: Verb) -> bool:
    return escalation.state in WAYS[verb][0]


def go(escalation: Escalation, verb: Verb) -> None:
    """Set the state. Raises ValueError where there is no such way: an action asks `can` first."""
    starts, end = WAYS[verb]
    if escalation.state not in starts:
        raise ValueError(f"An escalation that is {escalation.state} cannot {verb}.")
    escalation.state = end or _where_it_stood(escalation)


def _where_it_stood(escalation: Escalation) -> State:
    if escalation.answered_at:
        return State.ANSWERED
    return State.ACKNOWLEDGED if escalation.acknowledged_at else State.OPEN
