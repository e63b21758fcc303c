"""Asking for long work, calling it off, asking again."""

from typing import Any

from celery import current_app
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from xgov.access.roles import type_of_text
from xgov.jobs.models import Job
from xgov.jobs.running import asked_again, tell_subject
from xgov.records.clock import now
from xgov.records.errors import RuleBroken


def ask(
    kind: str,
    by: models.Model | None,
    *,
    title: type_of_text,
    subject: models.Model | None = None,
    key: str = "",
    **args: Any,
) -> Job:
    """Queue one piece of work, or give back the open job with the same key. The message leaves on commit."""
    return _queued(
        Job(
            kind=kind,
            asked_by=by,
            title=str(title)[:300],
            subject_model=subject._meta.label if subject is not None else "",
            subject_id=subject.pk if subject is not None else None,
            key=key,
            args=args,
        )
    )


def _queued(job: Job) -> Job:
    """The job, waiting; or the open one with the same key, when somebody was quicker."""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(key=job.key, state__in=Job.OPEN_STATES)
    send_on_commit(job)
    return job


def send_on_commit(job: Job) -> None:
    transaction.on_commit(lambda: current_app.send_task(job.kind, args=[str(job.pk)]), robust=True)


@transaction.atomic
def cancel(job: Job) -> Job:
    """Call the work off. Running work stops at its next step."""
    changed = Job.objects.filter(pk=job.pk, state__in=Job.OPEN_STATES).update(state=Job.State.CANCELLED, ended_at=now())
    job.refresh_from_db()
    if not changed:
        words = _("This work has already ended: %(state)s.")
        raise RuleBroken(words % {"state": job.get_state_display().lower()})
    tell_subject(job)
    return job


def ask_again(job: Job) -> Job:
    """A new job like one that failed or was cancelled, for the same person. Asking twice gives one."""
    if not job.may_be_asked_for_again:
        words = _("This work need not be asked for again: it is %(state)s.")
        raise RuleBroken(words % {"state": job.get_state_display().lower()})
    again = asked_again[job.kind](job) if job.kind in asked_again else _like(job)
    if again.asked_by_id != job.asked_by_id:
        raise RuleBroken(_("%(person)s has asked for the same, and it is being made.") % {"person": again.asked_by})
    return again


def _like(job: Job) -> Job:
    return _queued(
        Job(
            kind=job.kind,
            title=job.title,
            asked_by=job.asked_by,
            subject_model=job.subject_model,
            subject_id=job.subject_id,
            key=job.key or f"again:{job.pk}",
            args=job.args,
        )
    )
