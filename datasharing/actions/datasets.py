from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import put, refuse_marking_unseen, refuse_unless_taking_part, take
from datasharing.models import Dataset
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def add_dataset(programme: Programme, *, by: User, reason: str = "", kept_by: Department, **answers: Any) -> Dataset:
    programme = hold(programme)
    dataset = Dataset(programme=programme, kept_by=kept_by, **answers)
    refuse_marking_unseen(dataset, by)
    rules.require(by, Permission.CONTRIBUTE, dataset)
    refuse_unless_taking_part(programme, kept_by, "kept_by")
    dataset.reference = Dataset.objects.filter(programme=programme).next_reference("DS")
    dataset.reckon(None)
    return put(dataset, by, reason)


@transaction.atomic
def change_dataset(
    dataset: Dataset, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any
) -> Dataset:
    dataset = hold(dataset)
    rules.require(by, Permission.CONTRIBUTE, dataset)
    check_seen(dataset, seen_version)
    _refuse_withdrawn(dataset)
    keeper = answers.get("kept_by", dataset.kept_by)
    if keeper != dataset.kept_by:
        rules.require(by, Permission.MANAGE, dataset)
        refuse_unless_taking_part(dataset.programme, keeper, "kept_by")
    take(dataset, answers)
    refuse_marking_unseen(dataset, by)
    dataset.reckon(dataset.last_received_on)
    return put(dataset, by, reason)


def _refuse_withdrawn(dataset: Dataset) -> None:
    if dataset.is_withdrawn:
        raise RuleBroken(_("This dataset has been withdrawn."))


@transaction.atomic
def withdraw_dataset(dataset: Dataset, *, by: User, reason: str) -> Dataset:
    """The department no longer provides it. Flows of it must have ended first."""
    dataset = hold(dataset)
    rules.require(by, Permission.CONTRIBUTE, dataset)
    _refuse_withdrawn(dataset)
    if not reason.strip():
        raise RuleBroken(_("Say why the dataset is withdrawn."), "reason")
    if dataset.flows.not_ended().exists():
        raise RuleBroken(_("Data still flows from this dataset. End its flows first."))
    dataset.withdrawn_on = today()
    return put(dataset, by, reason)
