"""The power to share: a lawful basis alone does not let one public body disclose to another."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from datasharing.law.sources import Source, Text

SOURCE = Source(_("Kinds of power to share and of confidentiality"), date(2026, 11, 22), is_local_default=True)


@dataclass(frozen=True)
class Power:
    code: str
    label: Text
    hint: Text
    needs_provision: bool = True


EXPRESS_STATUTE = "EXPRESS_STATUTE"
NONE_NEEDED = "NONE_NON_PERSONAL"

POWERS = [
    Power(
        EXPRESS_STATUTE,
        _("An Act says so (express power or gateway)"),
        _("For example Digital Economy Act 2017, section 35."),
    ),
    Power(
        "IMPLIED_STATUTE",
        _("An Act implies it"),
        _("Sharing is reasonably needed for a function that an Act gives. Name the function."),
    ),
    Power(
        "COMMON_LAW_CROWN",
        _("Common law powers of the Crown"),
        _("A minister's department, where no Act limits the sharing."),
        needs_provision=False,
    ),
    Power("PREROGATIVE", _("Prerogative"), _("Name the prerogative power."),),
    Power("COURT_ORDER", _("Court order"), _("Name the court, the case and the date."),),
    Power(
        NONE_NEEDED,
        _("None needed: no personal or confidential data"),
        _("Only where nobody can be identified."),
        needs_provision=False,
    ),
]  # fmt: skip

BY_CODE = {power.code: power for power in POWERS}


@dataclass(frozen=True)
class Confidentiality:
    """A body whose information is protected by a law of its own. `blocks`: nothing leaves without a gateway."""

    slug: str  # on GOV.UK
    abbreviation: str
    law: Text
    blocks: bool = False

    def binds(self, slug: str, abbreviation: str) -> bool:
        return slug == self.slug or (bool(abbreviation) and abbreviation == self.abbreviation)


CONFIDENTIALITY = [
    Confidentiality(
        "hm-revenue-customs",
        "HMRC",
        _("Commissioners for Revenue and Customs Act 2005, section 18"),
        blocks=True,
    ),
    Confidentiality(
        "department-for-work-pensions",
        "DWP",
        _("Social Security Administration Act 1992, section 123"),
    ),
    Confidentiality(
        "department-of-health-and-social-care",
        "DHSC",
        _("the common law duty of confidence, and section 251 of the National Health Service Act 2006"),
    ),
    Confidentiality(
        "office-for-national-statistics",
        "ONS",
        _("Statistics and Registration Service Act 2007, section 39"),
    ),
]


def confidentiality_of(slug: str, abbreviation: str) -> Confidentiality | None:
    return next((rule for rule in CONFIDENTIALITY if rule.binds(slug, abbreviation)), None)
