"""Which data protection regime a controller works under. It follows the controller: the two ends may differ."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from datasharing.law.sources import Source, Text

SOURCE = Source(
    _("Information Commissioner's Office, guide to law enforcement processing"),
    date(2026, 11, 22),
    "https://ico.org.uk/for-organisations/law-enforcement/",
)

UK_GDPR = "UK_GDPR_PART2"
LAW_ENFORCEMENT = "DPA_PART3_LE"
NON_PERSONAL = "NON_PERSONAL"


@dataclass(frozen=True)
class Regime:
    code: str
    label: Text
    hint: Text


REGIMES = [
    Regime(
        UK_GDPR,
        _("UK GDPR and Part 2 of the Data Protection Act 2018"),
        _("The usual regime of a department, also for its own staff records."),
    ),
    Regime(
        LAW_ENFORCEMENT,
        _("Part 3 of the Data Protection Act 2018 (law enforcement)"),
        _("Only a competent authority, and only where law enforcement is the main purpose."),
    ),
    Regime(NON_PERSONAL, _("No personal data"), _("Nobody can be identified from what is shared.")),
]

BY_CODE = {regime.code: regime for regime in REGIMES}
# Part 4 (intelligence services) is left out: such sharing must not be recorded here.
