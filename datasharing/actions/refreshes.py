from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import put
from datasharing.models import Dataset, Refresh
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

EARLIEST = date(2000, 1, 1)


@transaction.atomic
def record_refresh(dataset: Dataset, received_on: date, note: str = "", *, by: User, reason: str = "") -> Refresh:
    """Data was received on that day. The dataset's next due date follows from its newest refresh."""
    dataset = hold(dataset)
    refresh = Refresh(programme=dataset.programme, dataset=dataset, received_on=received_on, note=note, recorded_by=by)
    rules.require(by, Permission.CONTRIBUTE, refresh)
    if dataset.is_withdrawn:
        raise RuleBroken(_("This dataset has been withdrawn."))
    if received_on > today():
        raise RuleBroken(_("The day of receipt must be today or in the past."), "received_on")
    if received_on < EARLIEST:
        raise RuleBroken(_("The day of receipt must be in this century."), "received_on")
    if dataset.refreshes.counted().filter(received_on=received_on).exists():
        raise RuleBroken(_("A refresh received on this day is already recorded."), "received_on")
    refresh.due_on = _due(dataset, received_on)
    put(refresh, by, reason)
    _reckon_following(refresh, by, _("A refresh before it was recorded"))
    _reckon(dataset, by, _("A refresh was recorded"))
    return refresh


def _due(dataset: Dataset, received_on: date) -> date | None:
    """When the refresh of that day was due, by the one received before it."""
    if dataset.last_received_on is None or received_on > dataset.last_received_on:
        return dataset.next_due_on
    before = dataset.refreshes.counted().filter(received_on__lt=received_on).order_by("-received_on").first()
    return dataset.due_after(before.received_on if before else None)


def _reckon_following(refresh: Refresh, by: User, reason: str) -> None:
    """The next refresh was due by this one, or no longer is. Older ones keep what was due under the cycle of then."""
    later = refresh.dataset.refreshes.counted().filter(received_on__gt=refresh.received_on)
    following = later.order_by("received_on").first()
    if following is None:
        return
    due = _due(refresh.dataset, following.received_on)
    if due != following.due_on:
        following.due_on = due
        put(following, by, reason)


def _reckon(dataset: Dataset, by: User, reason: str) -> None:
    newest = dataset.refreshes.counted().order_by("-received_on").first()
    received = newest.received_on if newest else None
    if received == dataset.last_received_on:
        return
    dataset.reckon(received)
    with acting(by, reason):
        dataset.save()


@transaction.atomic
def strike_out_refresh(refresh: Refresh, *, by: User, reason: str) -> Refresh:
    """It was recorded by mistake. It stays on the page, struck out, and no longer counts."""
    refresh = hold(refresh, "dataset")
    rules.require(by, Permission.CONTRIBUTE, refresh)
    if refresh.struck_out_on is not None:
        raise RuleBroken(_("This refresh has already been struck out."))
    if not reason.strip():
        raise RuleBroken(_("Say why this refresh should not count."), "reason")
    refresh.struck_out_on, refresh.struck_out_reason = today(), reason.strip()
    put(refresh, by, reason)
    _reckon_following(refresh, by, _("A refresh before it was struck out"))
    _reckon(refresh.dataset, by, _("A refresh was struck out"))
    return refresh
