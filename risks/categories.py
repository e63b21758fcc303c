"""The categories of risk, as data.

Names: the thirteen example categories of the Orange Book (HM Treasury; edition of 3 June 2025 on GOV.UK), to be checked
against that edition before they are shown as official. The meanings are ours. PARTNERSHIP is a local default for joint
programmes; its nearest Orange Book category is governance.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class Category:
    code: str
    label: type_of_text
    meaning: type_of_text
    is_local: bool = False


CATEGORIES = [
    Category("STRATEGY", _("Strategy"), _("The strategy is unclear, rests on wrong data or does not follow change.")),
    Category("GOVERNANCE", _("Governance"), _("Plans, authority or accountability are unclear; oversight is weak.")),
    Category("OPERATIONS", _("Operations"), _("Processes are badly designed: error, fraud, poor service, poor value.")),
    Category("LEGAL", _("Legal"), _("A claim, a defective transaction or a duty in law that is not met.")),
    Category("PROPERTY", _("Property"), _("Buildings or their safety fail and harm people or assets.")),
    Category("FINANCIAL", _("Financial"), _("Money is not managed to need or limit, or is reported wrongly.")),
    Category("COMMERCIAL", _("Commercial"), _("Contracts, suppliers or partnerships are managed weakly.")),
    Category("PEOPLE", _("People"), _("Leadership, culture, capacity, skills or industrial action.")),
    Category("TECHNOLOGY", _("Technology"), _("Systems do not do what they should, or do not hold.")),
    Category("INFORMATION", _("Information"), _("Data is not sound or not suitable, or its worth is not used.")),
    Category("SECURITY", _("Security"), _("Somebody gets at places, people, systems or information who must not.")),
    Category(
        "PROJECT", _("Project or programme"), _("Change is not delivered to time, cost or quality, or is adrift.")
    ),
    Category("REPUTATIONAL", _("Reputational"), _("Events or conduct that damage trust.")),
    Category("PARTNERSHIP", _("Partnership"), _("A department withdraws, or priorities drift apart."), is_local=True),
]

BY_CODE = {category.code: category for category in CATEGORIES}
CHOICES = [(category.code, category.label) for category in CATEGORIES]
