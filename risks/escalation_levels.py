"""To whom a risk climbs, and what makes it climb, as data.

There is no official ladder. This one is a local default, in line with question 14 of the National Audit Office's guide
to joint working (July 2023) and with HM Treasury's Teal Book (2025), by which the leaders of the sponsoring body step
in where the SRO cannot resolve a matter.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class Level:
    """A rung of the ladder. Who stands on it in one programme is said in `level_holders.py`."""

    key: str
    label: type_of_text
    holders: type_of_text


@dataclass(frozen=True)
class Trigger:
    """What makes a risk escalate. `unit` says what the threshold of a rule counts."""

    key: str
    label: type_of_text
    meaning: type_of_text
    unit: type_of_text
    by_itself: bool = True


LEVELS: dict[str, Level] = {
    level.key: level
    for level in [
        Level(
            "PROJECT", _("Project"), _("The risk’s owner and the programme managers of the department that keeps it")
        ),
        Level("PROGRAMME_BOARD", _("Programme board"), _("The people with a seat on the deciding board")),
        Level("SRO", _("Senior responsible owner (SRO)"), _("The SRO of the programme")),
        Level("SPONSOR_GROUP", _("Sponsor group"), _("The senior sponsors in the departments")),
        Level("ACCOUNTING_OFFICERS", _("Accounting officers"), _("The lead accounting officer")),
        Level("CENTRE", _("Centre of government"), _("People with the role “centre”; never for sensitive risks")),
    ]
}
LADDER = tuple(LEVELS)
RANK = {key: rank for rank, key in enumerate(LADDER)}
LEVEL_CHOICES = [(level.key, level.label) for level in LEVELS.values()]

_POINTS = _("points above the tolerance")
_SCORE = _("residual score or more")

TRIGGERS: dict[str, Trigger] = {
    trigger.key: trigger
    for trigger in [
        Trigger("ABOVE_TOLERANCE", _("Above tolerance"), _("The residual score is above what is tolerated."), _POINTS),
        Trigger(
            "OUTSIDE_AUTHORITY", _("Outside authority"),
            _("What must be decided is beyond the authority of those who deal with it."), _SCORE, by_itself=False,
        ),
        Trigger(
            "AFFECTS_OTHER_PARTY_NO_OWNER", _("Affects another party and has no owner"),
            _("It reaches a department that does not keep it, and nobody with a role here owns it."), _SCORE,
        ),
        Trigger("FUNDING_NEEDED", _("Funding needed"), _("What is to be done about it has no money."), _SCORE),
        Trigger("TIME_CRITICAL", _("Time critical"), _("It may happen at any moment."), _SCORE),
        Trigger(
            "OVERDUE", _("Overdue"), _("Its review, or an answer from the level below, is late."),
            _("days after the review was due"),
        ),
    ]
}  # fmt: skip
TRIGGER_CHOICES = [(trigger.key, trigger.label) for trigger in TRIGGERS.values()]


def above(level: str) -> tuple[str, ...]:
    """The rungs above this one, lowest first."""
    return LADDER[RANK[level] + 1 :]
