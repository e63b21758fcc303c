"""Further conditions for special category data, criminal offence data and sensitive law enforcement processing."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from datasharing.law.regimes import LAW_ENFORCEMENT, UK_GDPR
from datasharing.law.sources import Source, Text

SOURCE = Source(
    _("UK GDPR, Article 9; Data Protection Act 2018, Schedules 1 and 8"),
    date(2026, 11, 22),
    "https://www.legislation.gov.uk/ukpga/2018/12/schedule/1",
    is_local_default=True,
)


@dataclass(frozen=True)
class Condition:
    code: str
    label: Text
    regime: str = UK_GDPR
    schedule_1_part: int | None = None  # the part of Schedule 1 in which a further condition must be met


CONDITIONS = [
    Condition("9_2_A", _("Explicit consent – Article 9(2)(a)")),
    Condition("9_2_B", _("Employment, social security and social protection – Article 9(2)(b)"), schedule_1_part=1),
    Condition("9_2_C", _("Vital interests – Article 9(2)(c)")),
    Condition("9_2_D", _("Not-for-profit bodies – Article 9(2)(d)")),
    Condition("9_2_E", _("Made public by the person – Article 9(2)(e)")),
    Condition("9_2_F", _("Legal claims and judicial acts – Article 9(2)(f)")),
    Condition("9_2_G", _("Substantial public interest – Article 9(2)(g)"), schedule_1_part=2),
    Condition("9_2_H", _("Health or social care – Article 9(2)(h)"), schedule_1_part=1),
    Condition("9_2_I", _("Public health – Article 9(2)(i)"), schedule_1_part=1),
    Condition("9_2_J", _("Archiving, research and statistics – Article 9(2)(j)"), schedule_1_part=1),
    *(
        Condition(f"LE_8_{number}", label, LAW_ENFORCEMENT)
        for number, label in [
            (1, _("Statutory and similar purposes – Schedule 8, paragraph 1")),
            (2, _("Administration of justice – Schedule 8, paragraph 2")),
            (3, _("Vital interests – Schedule 8, paragraph 3")),
            (4, _("Safeguarding – Schedule 8, paragraph 4")),
            (5, _("Data already in the public domain – Schedule 8, paragraph 5")),
            (6, _("Legal claims – Schedule 8, paragraph 6")),
            (7, _("Judicial acts – Schedule 8, paragraph 7")),
            (8, _("Preventing fraud – Schedule 8, paragraph 8")),
            (9, _("Archiving and similar – Schedule 8, paragraph 9")),
        ]
    ),
    Condition("LE_CONSENT", _("Consent – Part 3, section 35(4)"), LAW_ENFORCEMENT),
]

BY_CODE = {condition.code: condition for condition in CONDITIONS}


@dataclass(frozen=True)
class Paragraph:
    """One condition of Schedule 1. By default it needs an appropriate policy document in Part 2 and in paragraph 1."""

    number: int
    part: int
    label: Text

    @property
    def code(self) -> str:
        return f"S1_{self.number}"

    @property
    def needs_policy_document(self) -> bool:
        return self.number == 1 or self.part == 2


_PARTS: dict[int, list[tuple[int, Text]]] = {
    1: [
        (1, _("Employment, social security and social protection")),
        (2, _("Health or social care")),
        (3, _("Public health")),
        (4, _("Research, archiving and statistics")),
    ],
    2: [
        (6, _("Statutory and government purposes")),
        (7, _("Administration of justice and parliamentary purposes")),
        (8, _("Equality of opportunity or treatment")),
        (9, _("Diversity at senior levels")),
        (10, _("Preventing or detecting unlawful acts")),
        (11, _("Protecting the public")),
        (12, _("Regulatory requirements")),
        (13, _("Journalism, academia, art and literature")),
        (14, _("Preventing fraud")),
        (15, _("Terrorist financing and money laundering")),
        (16, _("Support for people with a disability or condition")),
        (17, _("Counselling")),
        (18, _("Safeguarding children and people at risk")),
        (19, _("Safeguarding economic well-being")),
        (20, _("Insurance")),
        (21, _("Occupational pensions")),
        (22, _("Political parties")),
        (23, _("Elected representatives responding to requests")),
        (24, _("Disclosure to elected representatives")),
        (25, _("Informing elected representatives about prisoners")),
        (26, _("Publishing legal judgments")),
        (27, _("Anti-doping in sport")),
        (28, _("Standards of behaviour in sport")),
    ],
    3: [
        (29, _("Consent")),
        (30, _("Vital interests")),
        (31, _("Not-for-profit bodies")),
        (32, _("Data in the public domain")),
        (33, _("Legal claims")),
        (34, _("Judicial acts")),
        (35, _("Accounts used in indecency offences involving children")),
        (36, _("Extension of the conditions in Part 2")),
        (37, _("Extension of the insurance condition")),
    ],
}

PARAGRAPHS = [Paragraph(number, part, label) for part, rows in _PARTS.items() for number, label in rows]
PARAGRAPH_BY_CODE = {paragraph.code: paragraph for paragraph in PARAGRAPHS}
PART_LABELS = {
    1: _("Schedule 1, Part 1"),
    2: _("Schedule 1, Part 2: substantial public interest"),
    3: _("Schedule 1, Part 3: criminal offence data only"),
}

OFFICIAL_AUTHORITY = "OFFICIAL_AUTHORITY"
CRIMINAL_ROUTES = [
    (OFFICIAL_AUTHORITY, _("Under the control of official authority – Article 10")),
    ("SCHEDULE_1", _("A condition of Schedule 1 – Article 10 and section 10(5)")),
]
