from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import put
from datasharing.models import Dataset, QualityCheck
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def record_quality_check(dataset: Dataset, *, by: User, reason: str = "", **answers: Any) -> QualityCheck:
    """A target, and what was measured on a day if it has been. Earlier checks of the dimension stay."""
    dataset = hold(dataset)
    check = QualityCheck(programme=dataset.programme, dataset=dataset, **answers)
    rules.require(by, Permission.CONTRIBUTE, check)
    if dataset.is_withdrawn:
        raise RuleBroken(_("This dataset has been withdrawn."))
    if check.checked_on > today():
        raise RuleBroken(_("The date of the check must be today or in the past."), "checked_on")
    return put(check, by, reason)
