"""When a risk goes up a level, as data. A programme can agree on rules of its own; these are the local default.

Who holds a level and what a trigger means is said in `escalation_levels.py`. Working days are those of England.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class EscalationRule:
    """At `threshold` or more of what the trigger counts (its `unit`), the risk goes to the level."""

    level: str
    trigger: str
    threshold: int
    ask: str
    response_days: int  # working days


# Local default, consistent with question 14 of the National Audit Office's guide (July 2023).
DEFAULT_RULES: tuple[EscalationRule, ...] = (
    EscalationRule("PROGRAMME_BOARD", "AFFECTS_OTHER_PARTY_NO_OWNER", 1, "Name an owner for it.", 10),
    EscalationRule("PROGRAMME_BOARD", "OVERDUE", 30, "Have the risk reviewed, or name another owner.", 10),
    EscalationRule("SRO", "ABOVE_TOLERANCE", 1, "Decide what is done about it, or accept it until a day.", 10),
    EscalationRule("SRO", "TIME_CRITICAL", 10, "Decide what is done at once, and by whom.", 5),
    EscalationRule("SPONSOR_GROUP", "ABOVE_TOLERANCE", 6, "Agree what the departments do about it together.", 10),
    EscalationRule("SPONSOR_GROUP", "FUNDING_NEEDED", 16, "Find the money, or say what is given up for it.", 10),
)

# Where no rule says how long they have, in working days: a local default.
RESPONSE_DAYS = 10

# Local defaults, in days. A risk that crosses back within the first is taken up again where it stood, without a storm
# of notices. What a person returned or closed rests for the second, unless the score rises; what else calls does not.
QUIET_DAYS = 7
REST_DAYS = 30
