"""How much risk a programme is willing to carry, as data.

Names and order: the five levels in common use in government (Government Finance Function, risk appetite guidance note,
August 2021), to be checked against it before they are shown as official. The meanings are ours. The highest residual
score that each level allows, and the tolerance above it, are local defaults on the five by five scale, and can be
agreed otherwise.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class AppetiteLevel:
    rank: int
    code: str
    label: type_of_text
    meaning: type_of_text
    max_residual_score: int  # local default
    tolerance_score: int  # local default: what can be borne for a while, above the appetite


LEVELS = [
    AppetiteLevel(1, "AVERSE", _("Averse"), _("Avoids risk: that is the aim."), 4, 6),
    AppetiteLevel(2, "MINIMAL", _("Minimal"), _("Takes very safe options, even where little is gained."), 6, 8),
    AppetiteLevel(3, "CAUTIOUS", _("Cautious"), _("Takes safe options and accepts a limited gain."), 9, 12),
    AppetiteLevel(4, "OPEN", _("Open"), _("Weighs all options and takes the likeliest to succeed."), 12, 15),
    AppetiteLevel(5, "EAGER", _("Eager"), _("Takes more risk for a higher reward."), 16, 20),
]

BY_CODE = {level.code: level for level in LEVELS}
CHOICES = [(level.code, level.label) for level in LEVELS]
