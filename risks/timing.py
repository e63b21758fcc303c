"""When a risk may come true and how fast it then bites, as data.

Proximity: the five steps of the register's own template (a local default, in the manner of departmental practice).
Velocity: steps and meanings are ours, and a local default.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class Step:
    code: str
    label: type_of_text
    meaning: type_of_text


PROXIMITIES = [
    Step("IMMINENT", _("Imminent"), _("It may happen any day now.")),
    Step("3M", _("Within 3 months"), _("It may happen in the next quarter of a year.")),
    Step("6M", _("Within 6 months"), _("It may happen in the next half year.")),
    Step("12M", _("Within 12 months"), _("It may happen in the next year.")),
    Step("LATER", _("Later"), _("It will not happen within a year.")),
]

VELOCITIES = [
    Step("AT_ONCE", _("At once"), _("Its consequence is felt the same day.")),
    Step("DAYS", _("Within days"), _("There are some days in which to act.")),
    Step("WEEKS", _("Within weeks"), _("A board can meet before its consequence is felt.")),
    Step("MONTHS", _("Over months"), _("It is felt slowly, and can be seen coming.")),
]

PROXIMITY_CHOICES = [(step.code, step.label) for step in PROXIMITIES]
VELOCITY_CHOICES = [(step.code, step.label) for step in VELOCITIES]
