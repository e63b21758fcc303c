"""The six models of joint working, lightest first, as data.

Names and best fit: HM Treasury's six models (Managing Public Money, May 2023) as the National Audit Office's guide to
cross-government working (July 2023) reports them. The words are ours. What is said of accounting officers was inferred
from their general duties and is a local default until checked against Managing Public Money.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class DeliveryModel:
    order: int
    code: str
    label: type_of_text
    best_fit: type_of_text
    main_risk: type_of_text
    accounting_officers: type_of_text  # local default
    to_record: type_of_text  # local default


DELIVERY_MODELS = [
    DeliveryModel(
        1,
        "COLLABORATION",
        _("Collaboration"),
        _("Several bodies shape one policy together."),
        _("Everyone means well and nobody can decide."),
        _("Each accounting officer answers for their own spending and advice. No money moves."),
        _("Purpose, participants, lead contact, who decides, review date."),
    ),
    DeliveryModel(
        2,
        "LEAD_WITH_SUPPORT",
        _("One lead department with expert support"),
        _("One body owns the work and needs specialists from others."),
        _("The owner leans on advice and still answers for it if it is wrong."),
        _("The lead accounting officer answers; those who support answer for the quality and cost of their part."),
        _("Lead body and its accounting officer, who supports with what, how it is charged, who accepts the advice."),
    ),
    DeliveryModel(
        3,
        "SEPARATE_FUNDING",
        _("Separate funding for separate elements"),
        _("One outcome, with work that divides cleanly between bodies."),
        _("Nobody owns the overall result."),
        _("Each accounting officer answers for their element. Somebody is named for the whole to hang together."),
        _("The elements, who funds each under which accounting officer, who keeps them coherent, dependencies."),
    ),
    DeliveryModel(
        4,
        "PROGRAMME_LEAD",
        _("Programme-level lead"),
        _("A large programme that cuts across departments."),
        _("Reporting crowds out deciding."),
        _("The overall SRO answers to the lead accounting officer; projects keep their own SROs."),
        _("Overall SRO and letter, lead accounting officer, project SROs, joint board's terms of reference."),
    ),
    DeliveryModel(
        5,
        "BUDGET_TRANSFER",
        _("Budget cover transfer"),
        _("One body wants another to deliver an aim they share."),
        _("Money arrives before the controls over it."),
        _("Once cover has moved, the receiving accounting officer answers for that spending."),
        _("The transfer in full, its purpose and conditions, how it is reported back."),
    ),
    DeliveryModel(
        6,
        "MOG_CHANGE",
        _("Machinery of government change"),
        _("Responsibility for the policy itself has to move."),
        _("Structures change where working together would have done."),
        _("Accountability passes to the new accounting officer on the effective date."),
        _("The change, the Prime Minister's decision, and the order that transfers functions if they are statutory."),
    ),
]

BY_CODE = {model.code: model for model in DELIVERY_MODELS}


def lighter_than(code: str) -> DeliveryModel | None:
    """The next lighter model, which must be shown not to be enough (rule MOD-1: the lightest that will do)."""
    order = BY_CODE[code].order
    return next((model for model in DELIVERY_MODELS if model.order == order - 1), None)
