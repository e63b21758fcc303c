from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import lead_of, put, refuse_marking_unseen, take
from datasharing.models import DataSharingPlan
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def start_plan(programme: Programme, *, by: User, reason: str = "", **answers: Any) -> DataSharingPlan:
    """The lead department keeps the plan."""
    programme = hold(programme)
    plan = DataSharingPlan(programme=programme, kept_by=lead_of(programme), **answers)
    refuse_marking_unseen(plan, by)
    rules.require(by, Permission.CONTRIBUTE, plan)
    if DataSharingPlan.objects.filter(programme=programme).exists():
        raise RuleBroken(_("This programme already has a data-sharing plan."))
    return put(plan, by, reason)


@transaction.atomic
def change_plan(
    plan: DataSharingPlan, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any
) -> DataSharingPlan:
    plan = hold(plan)
    rules.require(by, Permission.CONTRIBUTE, plan)
    check_seen(plan, seen_version)
    take(plan, answers)
    refuse_marking_unseen(plan, by)
    return put(plan, by, reason)


@transaction.atomic
def agree_plan(plan: DataSharingPlan, *, by: User, reason: str = "", review_on: date) -> DataSharingPlan:
    """The plan stands until its next review. Only who manages the programme may say so."""
    plan = hold(plan)
    rules.require(by, Permission.MANAGE, plan)
    if not plan.outcome_served or not plan.minimum_dataset or plan.owner is None:
        words = _(
            "Before it is agreed the plan needs an owner, what it does for the outcome and the least data that will do."
        )
        raise RuleBroken(words)
    if review_on <= today():
        raise RuleBroken(_("The next review must be in the future."), "review_on")
    plan.status, plan.agreed_on, plan.review_on = DataSharingPlan.Status.AGREED, today(), review_on
    return put(plan, by, reason)
