"""Types of control and lines of assurance, as data.

Types: preventive, corrective, directive and detective, as the Orange Book (edition of 2004) names them. Lines: the
Three Lines Model, of which the Orange Book has an annex (edition of 2023), and those outside the department. The
meanings are ours. How well a control works is told on a scale of ours, a local default.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class ControlType:
    code: str
    label: type_of_text
    meaning: type_of_text


@dataclass(frozen=True)
class Line:
    code: str
    label: type_of_text
    meaning: type_of_text


@dataclass(frozen=True)
class Effectiveness:
    code: str
    label: type_of_text
    meaning: type_of_text
    colour: str


TYPES = [
    ControlType("PREVENTIVE", _("Preventive"), _("Keeps it from happening.")),
    ControlType("CORRECTIVE", _("Corrective"), _("Puts right what it has done.")),
    ControlType("DIRECTIVE", _("Directive"), _("Tells people what to do so that it does not happen.")),
    ControlType("DETECTIVE", _("Detective"), _("Shows that it has happened.")),
]

LINES = [
    Line("FIRST", _("First line"), _("The people who run the work and own its risks.")),
    Line("SECOND", _("Second line"), _("Those who set policy and oversee: finance, security, a programme office.")),
    Line("THIRD", _("Third line"), _("Internal audit, independent of the work.")),
    Line("EXTERNAL", _("External"), _("The NAO, NISTA reviews and regulators.")),
]

NOT_CHECKED = "NOT_CHECKED"

EFFECTIVENESS = [
    Effectiveness("EFFECTIVE", _("Works"), _("It was looked at, and does what it should."), "green"),
    Effectiveness("PARTLY", _("Works in part"), _("It was looked at, and leaves gaps."), "yellow"),
    Effectiveness("WEAK", _("Does not work"), _("It was looked at, and cannot be relied on."), "red"),
    Effectiveness(NOT_CHECKED, _("Not checked"), _("Nobody has looked yet."), "grey"),
]

LINE_BY_CODE = {line.code: line for line in LINES}
EFFECTIVENESS_BY_CODE = {each.code: each for each in EFFECTIVENESS}
TYPE_CHOICES = [(each.code, each.label) for each in TYPES]
LINE_CHOICES = [(line.code, line.label) for line in LINES]
EFFECTIVENESS_CHOICES = [(each.code, each.label) for each in EFFECTIVENESS]
