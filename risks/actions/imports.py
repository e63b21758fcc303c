"""Bringing a spreadsheet to the register: keep the file, say how it is read, look at what it would change, apply it."""

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.actions import possible
from risks.actions.import_writing import RowRefused, write
from risks.imports import planning
from risks.imports.plans import Plan
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, RegisterImport
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.jobs import queue
from xgov.jobs.models import Job
from xgov.papers.importing import BadFile
from xgov.records.acting import Signer, acting, current_signer
from xgov.records.clock import now
from xgov.records.errors import ChangedMeanwhile, RuleBroken
from xgov.records.events import event_kind, record_event
from xgov.records.fields import Marking
from xgov.records.holding import hold

KIND = "risks.apply_register"
LOOKED_AT_LATER = "risks.look_at_register"
APPLIED = event_kind("register_applied", _("Spreadsheet applied to a register"))
State = RegisterImport.State


@transaction.atomic
def bring_register(
    programme: Programme, *, by: User | None, name: str, data: bytes, kept_by: Department
) -> RegisterImport:
    """Keep the file as evidence, if it can be opened at all. Nobody deletes it, whatever becomes of it."""
    programme = hold(programme)
    brought = RegisterImport(programme=programme, kept_by=kept_by, name=name[:200], brought_by=by, size=len(data))
    if by is not None:
        rules.require(by, Permission.CONTRIBUTE, brought)
    possible.refuse_ended_programme(programme)
    reading = _opened(data, name)
    brought.number = 1 + (programme.register_imports.aggregate(last=Max("number"))["last"] or 0)
    brought.sha256 = hashlib.sha256(data).hexdigest()
    brought.shape = RegisterImport.Shape.OWN if reading.own else RegisterImport.Shape.FOREIGN
    # Until it is known what it speaks of it is held back, if whoever brings it would still see it then.
    may_see = by is None or rules.can(by, Permission.VIEW_SENSITIVE, programme)
    brought.marking = Marking.OFFICIAL_SENSITIVE if may_see else Marking.OFFICIAL
    if reading.foreign is not None:
        brought.mapping = planning.mapping_for(programme, reading.foreign)
        brought.state = State.BROUGHT if brought.mapping else State.MAPPING
    ending = ".csv" if reading.book.is_csv else ".xlsx"
    brought.file.save(f"{brought.number:04d}-{brought.sha256[:12]}{ending}", ContentFile(data), save=False)
    with _signed(by, _("Brought as %(name)s") % {"name": name}):
        brought.save()
    return brought


def _opened(data: bytes, name: str) -> planning.Reading:
    try:
        return planning.open_register(data, name)
    except BadFile as bad:
        raise RuleBroken(f"{bad}", "file") from bad


@transaction.atomic
def match_columns(
    brought: RegisterImport, *, by: User, columns: Mapping[str, str], words: Mapping[str, Mapping[str, Any]],
    category: str, kept_by: Department,
) -> ColumnMapping:  # fmt: skip
    """Say how a register with these headers is read: now, and each time one like it is brought."""
    brought = _held(brought, by)
    around = Surroundings(brought.programme)
    file = opened(brought).foreign
    if file is None:
        raise RuleBroken(_("This is a copy of this register: its columns need no matching."))
    if kept_by.pk not in around.departments:
        possible.refuse_outside_department(brought.programme, kept_by, "kept_by")
    mapping = planning.mapping_for(brought.programme, file) or ColumnMapping(
        programme=brought.programme, fingerprint=file.fingerprint
    )
    mapping.headers = [header for _place, header in file.columns]
    mapping.columns, mapping.words = dict(columns), {field: dict(meant) for field, meant in words.items()}
    mapping.category, mapping.kept_by = category, kept_by
    mapping.clean_fields(exclude={"programme", "kept_by", "columns", "words", "headers"})
    with acting(by, _("Columns of %(name)s matched") % {"name": brought.name}):
        mapping.save()
        brought.mapping, brought.state = mapping, State.BROUGHT
        brought.save()
    return mapping


def look(brought: RegisterImport, *, by: User | None) -> Plan:
    """Hold the file against the register as it is now, and keep what was seen for the preview. Changes nothing else."""
    plan = plan_of(brought, by=by)
    _try_out(plan, brought, by)
    with transaction.atomic():
        brought = _held(brought, by)
        brought.plan, brought.plan_sha256 = plan.as_data(), plan.fingerprint()
        brought.state = State.FAULTY if plan.faults else State.READY
        if planning.may_mark(by, brought.programme):
            brought.marking = planning.marking_of(plan)
        with _signed(by, _("Looked at what it would change")):
            brought.save()
    return plan


def opened(brought: RegisterImport) -> planning.Reading:
    """The file that was kept, held against its fingerprint."""
    with brought.file.open() as kept:
        data = kept.read()
    if hashlib.sha256(data).hexdigest() != brought.sha256:
        raise RuleBroken(_("The file that was kept is not the one that was brought. Bring it again."))
    return _opened(data, brought.name)


def plan_of(brought: RegisterImport, *, by: User | None) -> Plan:
    around = Surroundings(brought.programme)
    try:
        plan = planning.plan_for(opened(brought), around, by=by, mapping=brought.mapping)
    except BadFile as bad:
        raise RuleBroken(str(bad)) from bad
    plan.over_changes = brought.over_changes
    return plan


class _TakenBack(Exception):
    """Ends a trial, and undoes it."""


def _try_out(plan: Plan, brought: RegisterImport, by: User | None) -> None:
    """What actions decide on, row by row, is tried and taken back, so that the preview tells of it beforehand."""
    steps = (*plan.additions, *plan.carried_out)
    if plan.faults or not (plan.mitigations or any(step.ending or step.bearing for step in steps)):
        return
    try:
        with transaction.atomic(), _signed(by, _("Tried out")):
            write(plan, brought.programme, by=by, brought=brought, mapping=brought.mapping)
            raise _TakenBack
    except _TakenBack:
        return
    except RowRefused as refused:
        plan.faults.append(refused.fault)


@transaction.atomic
def ask_to_apply(brought: RegisterImport, *, by: User, over_changes: bool = False) -> Job:
    """Queue it. What is applied is what was seen: if the register changes meanwhile, nothing is."""
    brought = _held(brought, by)
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


def apply_register(brought: RegisterImport, *, by: User | None, job: Job | None = None) -> RegisterImport:
    """All of it or nothing. Raises RuleBroken when the register is no longer what was looked at."""
    _tell(job, 10, _("Reading the file"))
    plan = plan_of(brought, by=by)
    if plan.faults or (job is not None and _seen_otherwise(plan, brought)):
        raise RuleBroken(_("The register has changed since you looked. Look again at what would be changed."))
    _tell(job, 40, _("Writing to the register"))
    try:
        return _applied(plan, brought, by, job)
    except RowRefused as refused:
        raise RuleBroken(_("Nothing was applied: %(fault)s.") % {"fault": refused.fault}) from refused
    except ChangedMeanwhile as clash:
        words = _("%(by)s changed a risk while this was being applied. Look again at what would be changed.")
        raise RuleBroken(words % {"by": clash.by}) from clash


@transaction.atomic
def _applied(plan: Plan, brought: RegisterImport, by: User | None, job: Job | None) -> RegisterImport:
    brought = _held(brought, by)
    report = plan.report()
    with _signed(by, _("Brought in from %(name)s") % {"name": brought.name}):
        write(plan, brought.programme, by=by, brought=brought, mapping=brought.mapping)
        brought.state, brought.applied_by, brought.applied_at = State.APPLIED, by, now()
        for kind in ("created", "updated", "unchanged", "closed", "kept_as_text"):
            setattr(brought, f"{kind}_count", getattr(report, kind))
        brought.save()
    record_event(APPLIED, by, door=brought.programme, subject=brought, words=report.line(), sha256=brought.sha256)
    if job is not None:
        job.finish(brought.get_absolute_url())
    return brought


def _seen_otherwise(plan: Plan, brought: RegisterImport) -> bool:
    return plan.fingerprint() != brought.plan_sha256


def _tell(job: Job | None, percent: int, words: str) -> None:
    if job is not None:
        job.progress(percent, words)


@transaction.atomic
def give_up(brought: RegisterImport, why: str) -> RegisterImport:
    """Nothing was applied. Signed by whoever is acting; the person can look again."""
    brought = hold(brought)
    if brought.state == State.APPLYING:
        brought.state, brought.failure = State.BROUGHT, why
        brought.save()
    return brought


@transaction.atomic
def put_aside(brought: RegisterImport, *, by: User) -> RegisterImport:
    """It will not be applied. The file stays, as evidence of what was brought."""
    brought = _held(brought, by)
    if brought.state == State.APPLYING:
        raise RuleBroken(_("It is being applied. Cancel that first."))
    brought.state = State.PUT_ASIDE
    with acting(by, _("Put aside")):
        brought.save()
    return brought


def _held(brought: RegisterImport, by: User | None) -> RegisterImport:
    """As it is now, held until the change is made, if the person may change it and it is not over."""
    brought = hold(brought, "programme")
    if by is not None:
        rules.require(by, Permission.CONTRIBUTE, brought)
    if brought.is_over:
        raise RuleBroken(_("This spreadsheet has been dealt with: %(state)s.") % {"state": brought.get_state_display()})
    return brought


def _signed(by: User | None, reason: str) -> AbstractContextManager[Signer]:
    """By the person; or, for a command, by whoever it signs as."""
    return acting(by or current_signer(), reason)
