"""When a risk goes up a level, as data. A programme can agree on rules of its own; these are the local default.

Who holds a level, and what a trigger means, is for risks/escalation. Working days are those of England.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EscalationRule:
    """At `threshold` or more of what the trigger counts (points, days, parties), the risk goes to the level."""

    level: str
    trigger: str
    threshold: int
    ask: str
    response_days: int  # working days


# Local default, consistent with question 14 of the National Audit Office's guide (July 2023).
DEFAULT_RULES: tuple[EscalationRule, ...] = (
    EscalationRule("PROGRAMME_BOARD", "OVERDUE", 30, "Have the risk reviewed, or name another owner.", 10),
    EscalationRule("SRO", "ABOVE_TOLERANCE", 1, "Decide what is done about it, or accept it until a day.", 10),
    EscalationRule("SPONSOR_GROUP", "ABOVE_TOLERANCE", 6, "Agree what the departments do about it together.", 10),
)
