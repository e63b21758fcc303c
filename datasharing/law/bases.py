"""Lawful bases: seven under Article 6 of the UK GDPR since 5 February 2026, and two grounds under Part 3."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from datasharing.law.regimes import LAW_ENFORCEMENT, UK_GDPR
from datasharing.law.sources import Source, Text

SOURCE = Source(
    _("UK GDPR, Article 6, as amended by the Data (Use and Access) Act 2025"),
    date(2026, 11, 22),
    "https://www.legislation.gov.uk/eur/2016/679/article/6",
)
ANNEX_1_SOURCE = Source(
    _("UK GDPR, Annex 1, in force on 5 February 2026"),
    date(2026, 11, 22),
    "https://www.legislation.gov.uk/ukpga/2025/18",
)
# A summary of the Commissioner's guidance was read for this, not the guidance itself.
PUBLIC_AUTHORITY_SOURCE = Source(
    _("Lawful bases that a public authority cannot use for its own tasks"), date(2026, 11, 22), is_local_default=True
)

RECOGNISED_INTEREST_IN_FORCE = date(2026, 2, 5)


@dataclass(frozen=True)
class LawfulBasis:
    code: str
    label: Text
    hint: Text
    regime: str = UK_GDPR
    needs_provision: bool = False  # the Act and section that gives the function or sets the duty
    needs_detail: Text = ""  # what else must be written down, in words
    doubtful_for_public_authority: bool = False
    in_force_on: date | None = None


BASES = [
    LawfulBasis(
        "6_1_A",
        _("Consent – Article 6(1)(a)"),
        _("Rarely fits a department: people may feel that they cannot refuse."),
        needs_detail=_("how people are asked and how they can withdraw their consent"),
    ),
    LawfulBasis(
        "6_1_B",
        _("Contract – Article 6(1)(b)"),
        _("Needed for a contract with the person themselves."),
        needs_detail=_("which contract with the person"),
    ),
    LawfulBasis(
        "6_1_C",
        _("Legal obligation – Article 6(1)(c)"),
        _("A law requires this controller to process the data. Name the provision."),
        needs_provision=True,
    ),
    LawfulBasis(
        "6_1_D",
        _("Vital interests – Article 6(1)(d)"),
        _("To protect somebody's life, where nothing else will do."),
        needs_detail=_("whose life is at risk and why nothing else will do"),
    ),
    LawfulBasis(
        "6_1_E",
        _("Public task – Article 6(1)(e)"),
        _("The usual basis of a department. Name the law that gives the function."),
        needs_provision=True,
    ),
    LawfulBasis(
        "6_1_EA",
        _("Recognised legitimate interest – Article 6(1)(ea)"),
        _("Since 5 February 2026, for one of five purposes. Not for a public authority's own tasks."),
        doubtful_for_public_authority=True,
        in_force_on=RECOGNISED_INTEREST_IN_FORCE,
    ),
    LawfulBasis(
        "6_1_F",
        _("Legitimate interests – Article 6(1)(f)"),
        _("Needs a written assessment. Not for a public authority's own tasks."),
        needs_detail=_("where the legitimate interests assessment is kept"),
        doubtful_for_public_authority=True,
    ),
    LawfulBasis(
        "LE_TASK",
        _("Necessary for a law enforcement task – Part 3, section 35"),
        _("Based on law and necessary for the task. Name the law."),
        regime=LAW_ENFORCEMENT,
        needs_provision=True,
    ),
    LawfulBasis(
        "LE_CONSENT",
        _("Consent for a law enforcement purpose – Part 3, section 35"),
        _("Based on law, with the person's consent. Name the law."),
        regime=LAW_ENFORCEMENT,
        needs_provision=True,
    ),
]

BY_CODE = {basis.code: basis for basis in BASES}
CONSENT = ("6_1_A", "LE_CONSENT")
RECOGNISED_INTEREST = "6_1_EA"

RECOGNISED_INTERESTS = [
    ("PUBLIC_TASK_REQUEST", _("Answering a body that needs the data for its public task")),
    ("SECURITY", _("National security, public security and defence")),
    ("EMERGENCY", _("Responding to an emergency")),
    ("CRIME", _("Detecting, investigating or preventing crime")),
    ("SAFEGUARDING", _("Safeguarding people at risk")),
]
