"""A spreadsheet that was brought to the register: say how it is read, look at what it would change, apply it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions import possible
from risks.actions.bringing import held, opened, refused_in_words, signed
from risks.actions.import_writing import RowRefused, write
from risks.imports import foreseeing, planning
from risks.imports.plans import Plan
from risks.imports.surroundings import Surroundings
from risks.models import RegisterImport
from xgov.accounts.models import User
from xgov.jobs import queue
from xgov.jobs.models import Job
from xgov.papers.workbooks import CellFault
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.errors import ChangedMeanwhile, RuleBroken
from xgov.records.events import event_kind, record_event
from xgov.records.holding import hold

KIND = "risks.apply_register"
LOOKED_AT_LATER = "risks.look_at_register"
APPLIED = event_kind("register_applied", _("Spreadsheet applied to a register"))
State = RegisterImport.State


def look(brought: RegisterImport, *, by: User | None) -> Plan:
    """Hold the file against the register as it is now, and keep what was seen for the preview. Changes nothing else."""
    if brought.state == State.MAPPING:
        raise RuleBroken(_("Say first what its columns hold and what its words stand for."))
    plan = plan_of(brought, by=by)
    _try_out(plan, brought, by)
    foreseeing.foresee(plan, brought.programme)
    with transaction.atomic():
        brought = held(brought, by)
        brought.plan, brought.plan_sha256 = _shown(plan, brought), plan.fingerprint()
        brought.failure = ""
        brought.state = State.FAULTY if plan.faults else State.READY
        if plan.is_sensitive or planning.may_mark(by, brought.programme):
            brought.marking = planning.marking_of(plan)
        with signed(by, _("Looked at what it would change")):
            brought.save()
    return plan


def plan_of(brought: RegisterImport, *, by: User | None) -> Plan:
    """The rows of the file are let go once they are compared: of a long one they fill more memory than the plan."""
    around, reading = Surroundings(brought.programme), opened(brought)
    brought.reading = None
    with refused_in_words():
        plan = planning.plan_for(reading, around, by=by, mapping=brought.mapping)
    reading.let_go()
    plan.over_changes = brought.over_changes
    return plan


class _TakenBack(Exception):
    """Ends a trial, and undoes it."""


def _try_out(plan: Plan, brought: RegisterImport, by: User | None) -> None:
    """What actions decide on, row by row, is tried and taken back, so that the preview tells of it beforehand."""
    steps = (*plan.additions, *plan.carried_out)
    if plan.faults or not (plan.steps_taken or any(step.ending or step.bearing for step in steps)):
        return
    refused: list[CellFault] = []
    try:
        with _told_of_others(), transaction.atomic(), signed(by, _("Tried out")):
            write(plan, brought.programme, by=by, brought=brought, mapping=brought.mapping, refuse=refused.append)
            raise _TakenBack
    except _TakenBack:
        plan.faults += refused
        for addition in plan.additions:
            addition.risk.pk, addition.risk.reference = None, ""  # which they had only for the trial


@contextmanager
def _told_of_others() -> Iterator[None]:
    try:
        yield
    except ChangedMeanwhile as clash:
        words = _("%(by)s changed a record while this was being applied. Look again at what would be changed.")
        raise RuleBroken(words % {"by": clash.by}) from clash


@transaction.atomic
def ask_to_apply(brought: RegisterImport, *, by: User, over_changes: bool = False) -> Job:
    """Queue it. What is applied is what was seen: if the register changes meanwhile, nothing is."""
    brought = held(brought, by)
    possible.refuse_ended_programme(brought.programme)
    if brought.state != State.READY:
        raise RuleBroken(_("This spreadsheet is not ready to be applied."))
    if not brought.plan["changes_something"]:
        raise RuleBroken(_("It would change nothing: the register says already what the file says."))
    brought.over_changes = over_changes
    brought.state, brought.failure = State.APPLYING, ""
    with acting(by, _("Asked to apply it")):
        brought.save()
    return queue.ask(
        KIND, by, subject=brought, key=f"{KIND}:{brought.pk}",
        title=_("Apply %(name)s to the risk register of %(programme)s")
        % {"name": brought.name, "programme": brought.programme.name},
    )  # fmt: skip


def apply_register(
    brought: RegisterImport, *, by: User | None, job: Job | None = None, plan: Plan | None = None
) -> RegisterImport:
    """All of it or nothing. Raises RuleBroken when the register is no longer what was looked at.

    `plan`: what somebody has made of the file just now, in the same transaction.
    """
    _tell(job, 10, _("Reading the file"))
    plan = plan or plan_of(brought, by=by)
    if plan.faults or (job is not None and _seen_otherwise(plan, brought)):
        raise RuleBroken(_("The register has changed since you looked. Look again at what would be changed."))
    _tell(job, 40, _("Writing to the register"))
    try:
        with _told_of_others():
            return _applied(plan, brought, by, job)
    except RowRefused as refused:
        raise RuleBroken(_("Nothing was applied: %(fault)s.") % {"fault": refused.fault}) from refused


@transaction.atomic
def _applied(plan: Plan, brought: RegisterImport, by: User | None, job: Job | None) -> RegisterImport:
    brought = held(brought, by)
    report = plan.report()
    with signed(by, _("Brought in from %(name)s") % {"name": brought.name}):
        write(plan, brought.programme, by=by, brought=brought, mapping=brought.mapping)
        brought.plan = _shown(plan, brought, is_applied=True)  # with the references that the new risks have got
        brought.state, brought.applied_by, brought.applied_at = State.APPLIED, by, now()
        for kind in ("created", "updated", "unchanged", "closed", "kept_as_text"):
            setattr(brought, f"{kind}_count", getattr(report, kind))
        brought.save()
    record_event(APPLIED, by, door=brought.programme, subject=brought, words=report.line(), sha256=brought.sha256)
    if job is not None:
        job.finish(brought.get_absolute_url())
    return brought


def _shown(plan: Plan, brought: RegisterImport, *, is_applied: bool = False) -> dict[str, Any]:
    """For its page; what the columns of a register of another shape say stays known."""
    return plan.as_data(is_applied=is_applied) | {key: value for key, value in brought.plan.items() if key == "outline"}


def _seen_otherwise(plan: Plan, brought: RegisterImport) -> bool:
    return plan.fingerprint() != brought.plan_sha256


def _tell(job: Job | None, percent: int, words: str) -> None:
    if job is not None:
        job.progress(percent, words)


@transaction.atomic
def give_up(brought: RegisterImport, why: str) -> RegisterImport:
    """Nothing came of it. Signed by whoever is acting; the person can look again."""
    brought = hold(brought)
    if brought.state in {State.APPLYING, State.BROUGHT}:
        brought.state, brought.failure = State.BROUGHT, why
        brought.save()
    return brought


@transaction.atomic
def put_aside(brought: RegisterImport, *, by: User) -> RegisterImport:
    """It will not be applied. The file stays, as evidence of what was brought."""
    brought = held(brought, by)
    if brought.state == State.APPLYING:
        raise RuleBroken(_("It is being applied. Cancel that first."))
    brought.state = State.PUT_ASIDE
    with acting(by, _("Put aside")):
        brought.save()
    return brought
