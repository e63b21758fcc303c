from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.flows import refuse_if_no_longer_whole
from datasharing.actions.writing import put, refuse_unless_taking_part, take
from datasharing.law import bases, powers, regimes
from datasharing.models import DataFlow, FlowController
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def add_part(flow: DataFlow, *, by: User, reason: str = "", department: Department, **answers: Any) -> FlowController:
    """A department says what it is in the flow and the law it relies on."""
    flow = hold(flow)
    part = FlowController(programme=flow.programme, flow=flow, department=department, **answers)
    rules.require(by, Permission.CONTRIBUTE, part)
    _refuse_ended(flow)
    refuse_unless_taking_part(flow.programme, department, "department")
    if FlowController.objects.filter(flow=flow, department=department).exists():
        raise RuleBroken(_("This department already has a part in the flow."), "department")
    _refuse_impossible(part)
    put(part, by, reason)
    refuse_if_no_longer_whole(flow)
    return part


@transaction.atomic
def change_part(
    part: FlowController, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any
) -> FlowController:
    part = hold(part, "flow")
    rules.require(by, Permission.CONTRIBUTE, part)
    check_seen(part, seen_version)
    flow = part.flow
    _refuse_ended(flow)
    was = part.lawful_basis
    answers.pop("department", None)  # another department has a part of its own
    take(part, answers)
    _refuse_swap(was, part.lawful_basis, reason)
    _refuse_impossible(part)
    put(part, by, reason)
    refuse_if_no_longer_whole(flow)
    return part


def _refuse_ended(flow: DataFlow) -> None:
    if flow.status == DataFlow.Status.ENDED:
        raise RuleBroken(_("This flow has ended."))


def _refuse_swap(was: str, now: str, reason: str) -> None:
    """LB-5: people were told on which basis their data is used."""
    if was and was != now and not reason.strip():
        words = _("Say why the lawful basis changes and how people are told.")
        raise RuleBroken(words, "reason")


def _refuse_impossible(part: FlowController) -> None:
    basis = part.basis_words
    if basis is not None:
        _refuse_basis(part, basis)
    if part.regime == regimes.NON_PERSONAL and basis is not None:
        raise RuleBroken(_("Without personal data there is no lawful basis to give."), "lawful_basis")
    if part.power == powers.NONE_NEEDED and part.regime != regimes.NON_PERSONAL and part.decides:
        raise RuleBroken(_("Personal data cannot be shared without a power to share."), "power")
    condition = part.condition_words
    if condition is not None and condition.regime != part.regime:
        raise RuleBroken(_("This condition belongs to another data protection regime."), "special_condition")


def _refuse_basis(part: FlowController, basis: bases.LawfulBasis) -> None:
    """LB-3, LB-4, LB-6."""
    if part.regime != regimes.NON_PERSONAL and basis.regime != part.regime:
        raise RuleBroken(_("This lawful basis belongs to another data protection regime."), "lawful_basis")
    if basis.in_force_on and (part.basis_from is None or part.basis_from < basis.in_force_on):
        words = _("This lawful basis can be relied on from 5 February 2026 at the earliest.")
        raise RuleBroken(words, "basis_from")
    if basis.code == bases.RECOGNISED_INTEREST and not part.recognised_interest:
        raise RuleBroken(_("Say which of the five recognised interests it is."), "recognised_interest")
    if basis.doubtful_for_public_authority and not part.officer_name:
        words = _(
            "A public authority cannot use this basis for its own tasks. "
            "Name the data protection officer who agrees that it may be used here."
        )
        raise RuleBroken(words, "officer_name")
    if basis.doubtful_for_public_authority and not part.officer_reason:
        raise RuleBroken(
            _("Give the data protection officer's reason why this is not one of the department's own tasks."),
            "officer_reason",
        )
