from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from datasharing.actions.writing import lead_of, put, refuse_unless_taking_part, take
from datasharing.before_live import missing_before_live
from datasharing.models import DataFlow, FlowController
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

Status = DataFlow.Status


@transaction.atomic
def add_flow(programme: Programme, *, by: User, reason: str = "", **answers: Any) -> DataFlow:
    """The lead department keeps the record of each flow; the departments in it keep their own part of it."""
    programme = hold(programme)
    flow = DataFlow(programme=programme, kept_by=lead_of(programme), **answers)
    rules.require(by, Permission.CONTRIBUTE, flow)
    _refuse_impossible(flow, by)
    flow.reference = DataFlow.objects.filter(programme=programme).next_reference("DF")
    return put(flow, by, reason)


def _refuse_impossible(flow: DataFlow, by: User) -> None:
    if flow.from_department_id == flow.to_department_id:
        raise RuleBroken(_("Data must go from one department to another, not to itself."), "to_department")
    for field in ("from_department", "to_department"):
        refuse_unless_taking_part(flow.programme, getattr(flow, field), field)
    for field in ("dataset", "assessment"):
        linked = getattr(flow, field)
        if linked is not None and (
            linked.programme_id != flow.programme_id or not rules.can(by, Permission.VIEW, linked)
        ):
            raise RuleBroken(_("This belongs to another programme."), field)


@transaction.atomic
def change_flow(
    flow: DataFlow, *, by: User, reason: str = "", seen_version: int | None = None, **answers: Any
) -> DataFlow:
    flow = hold(flow)
    rules.require(by, Permission.CONTRIBUTE, flow)
    check_seen(flow, seen_version)
    _refuse_ended(flow)
    take(flow, answers)
    _refuse_impossible(flow, by)
    put(flow, by, reason)
    refuse_if_no_longer_whole(flow)
    return flow


def refuse_if_no_longer_whole(flow: DataFlow) -> None:
    """A ready or live flow may not lose what let it become so. Raising undoes the change."""
    if flow.must_stay_whole:
        missing = _missing(flow)
        if missing:
            words = _("This flow is %(status)s, and without this it could not be: %(what)s Pause the flow first.")
            raise RuleBroken(words % {"status": flow.get_status_display().lower(), "what": missing[0]})


def _missing(flow: DataFlow) -> list[str]:
    whole = DataFlow.objects.with_what_live_needs().get(pk=flow.pk)
    return [each.words for each in missing_before_live(whole)]


def _refuse_ended(flow: DataFlow) -> None:
    if flow.status == Status.ENDED:
        raise RuleBroken(_("This flow has ended."))


@transaction.atomic
def make_ready(flow: DataFlow, *, by: User, reason: str = "") -> DataFlow:
    """Everything is in place; no data moves yet."""
    flow = hold(flow)
    rules.require(by, Permission.CONTRIBUTE, flow)
    if flow.status != Status.DRAFT:
        raise RuleBroken(_("Only a draft can be made ready."))
    _refuse_missing(flow)
    flow.status = Status.READY
    return put(flow, by, reason)


def _refuse_missing(flow: DataFlow) -> None:
    missing = _missing(flow)
    if missing:
        raise RuleBroken(_("Data may not move yet. %(what)s") % {"what": " ".join(missing)})


@transaction.atomic
def go_live(flow: DataFlow, *, by: User, reason: str = "", first_transfer_on: date | None = None) -> DataFlow:
    """Data begins to move, or moves again after a pause. Only who manages the programme may say so.

    The day of the first transfer counts only once: after a pause it stays what it was.
    """
    flow = hold(flow)
    rules.require(by, Permission.MANAGE, flow)
    if flow.status not in {Status.READY, Status.PAUSED}:
        raise RuleBroken(_("Only a flow that is ready or paused can go live."))
    _refuse_missing(flow)
    flow.status, flow.status_reason = Status.LIVE, ""
    flow.live_since = flow.live_since or _first_transfer(flow, first_transfer_on or today())
    return put(flow, by, reason)


def _first_transfer(flow: DataFlow, begins: date) -> date:
    if begins > today():
        raise RuleBroken(_("The first transfer must be today or in the past."), "first_transfer_on")
    decided = flow.assessment.decided_on if flow.assessment else None
    if flow.dataset.is_personal and decided and begins < decided:
        raise RuleBroken(_("Data may not move before the DPIA was decided on."), "first_transfer_on")
    return begins


@transaction.atomic
def pause_flow(flow: DataFlow, *, by: User, reason: str) -> DataFlow:
    """No data moves for now. Whoever keeps the flow may pause it, and so may each department that has a part in it."""
    flow = hold(flow)
    if not may_pause(flow, by):
        rules.require(by, Permission.CONTRIBUTE, flow)
    if flow.status not in {Status.READY, Status.LIVE}:
        raise RuleBroken(_("Only a flow that is ready or live can be paused."))
    if not reason.strip():
        raise RuleBroken(_("Say why the flow is paused."), "reason")
    flow.status, flow.status_reason = Status.PAUSED, reason.strip()
    return put(flow, by, reason)


def may_pause(flow: DataFlow, by: User) -> bool:
    if rules.can(by, Permission.CONTRIBUTE, flow):
        return True
    parts = FlowController.objects.filter(flow=flow).select_related("flow__dataset", "programme")
    return any(rules.can(by, Permission.CONTRIBUTE, part) for part in parts)


@transaction.atomic
def end_flow(flow: DataFlow, *, by: User, reason: str) -> DataFlow:
    """For good. What was received is kept as long as the flow says, and dealt with as it says then."""
    flow = hold(flow)
    rules.require(by, Permission.CONTRIBUTE, flow)
    _refuse_ended(flow)
    if not reason.strip():
        raise RuleBroken(_("Say why the flow ends."), "reason")
    flow.status, flow.status_reason, flow.ended_on = Status.ENDED, reason.strip(), today()
    return put(flow, by, reason)
