"""How a worker does a job: claims it, is heard of while at it, and says how it ended."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from celery import Task, shared_task
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xgov.access.standing import remembering
from xgov.jobs.models import Job, JobCancelled
from xgov.records.acting import acting, system_signer
from xgov.records.clock import now
from xgov.records.errors import RuleBroken

Work = Callable[[Job], str]

_BEAT_SECONDS = 10
_log = logging.getLogger(__name__)

# kind -> the work itself
works: dict[str, Work] = {}
# kind -> how many times the work may be taken up again after its worker died
retries_of: dict[str, int] = {}
# kind -> what to do with the subject when the job has failed for good or was cancelled
when_failed: dict[str, Callable[[Job], None]] = {}
# kind -> how its app asks for a like job, where more than the job itself has to be made anew
asked_again: dict[str, Callable[[Job], Job]] = {}


def job_task(
    kind: str, *, retries: int = 1, on_failure: Callable[[Job], None] | None = None,
    again: Callable[[Job], Job] | None = None,
) -> Callable[[Work], Task]:  # fmt: skip
    """Make a function of a Job a Celery task that may be delivered twice and does its work once.

    The function gives back the address of the result. Its name in Celery is `kind`.
    """

    def register(work: Work) -> Task:
        works[kind] = work
        retries_of[kind] = retries
        if on_failure:
            when_failed[kind] = on_failure
        if again:
            asked_again[kind] = again

        @shared_task(name=kind)
        def run(job_id: str) -> None:
            job = claim(UUID(job_id))
            if job is not None:
                do(job, work)

        return run

    return register


def do_here(job: Job) -> bool:
    """Do the job in this process, as a command does that waits for it. False: a worker was quicker."""
    claimed = claim(job.pk)
    if claimed is not None:
        do(claimed, works[job.kind])
    return claimed is not None


def claim(job_id: UUID) -> Job | None:
    """Take the job, if nobody has. Only one worker can: the database decides."""
    moment = now()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, started_at=moment, heartbeat_at=moment, percent=0, words=""
    )
    return Job.objects.select_related("asked_by").get(pk=job_id) if taken else None


def do(job: Job, work: Work) -> None:
    signer = job.asked_by or system_signer("xgov")
    try:
        with beating(job), remembering(), acting(signer, reason=job.title):
            address = work(job)
    except JobCancelled:
        _log.info("Job %s (%s) was cancelled", job.pk, job.kind)
    except (RuleBroken, PermissionDenied) as refusal:
        fail(job, str(refusal))
    except Exception:
        _log.exception("Job %s (%s) failed", job.pk, job.kind)
        words = _(
            "Something went wrong while making this. Nothing was lost. Quote %(reference)s when you ask for help."
        )
        fail(job, words % {"reference": job.reference})
    else:
        if job.is_open:  # else it was finished together with its result
            end(job, state=Job.State.FINISHED, percent=100, words="", result_url=address or "")


def end(job: Job, **values: object) -> bool:
    """Write how the job ended, unless it has ended or been taken up anew meanwhile."""
    return bool(
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts).update(ended_at=now(), **values)
    )


@transaction.atomic
def fail(job: Job, reason: str) -> None:
    """The job and what it was about learn of it together."""
    if end(job, state=Job.State.FAILED, failure=reason):
        job.refresh_from_db()
        tell_subject(job)


def tell_subject(job: Job) -> None:
    """Let the app that asked for the work know that nothing will come of it. Its trouble is not the job's."""
    if job.kind not in when_failed:
        return
    try:
        with transaction.atomic(), acting(system_signer("xgov"), reason=job.failure or str(job.get_state_display())):
            when_failed[job.kind](job)
    except Exception:
        _log.exception("What job %s (%s) was about could not be told how it ended", job.pk, job.kind)


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Keep the job's heartbeat going from beside the work, which may be long and busy."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(_BEAT_SECONDS):
            try:
                Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts).update(heartbeat_at=now())
            except DatabaseError:
                _log.warning("Job %s could not be heard of for a moment", job.pk)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_BEAT_SECONDS)
