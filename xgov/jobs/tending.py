"""Jobs whose worker died are taken up again or failed with the reason; none is left running for ever."""

from django.utils.translation import gettext as _

from xgov.jobs.models import Job
from xgov.jobs.queue import send_on_commit
from xgov.jobs.running import fail, retries_of
from xgov.records.clock import now


def tend() -> int:
    """Look after silent and forgotten jobs; gives back how many were touched. May run twice at once."""
    return sum(take_up_or_fail(job) for job in Job.objects.silent()) + sum(
        send_again(job) for job in Job.objects.waiting_too_long()
    )


def take_up_or_fail(job: Job) -> int:
    if job.attempts > retries_of.get(job.kind, 0):
        fail(job, _("The worker stopped in the middle of this. Nothing was lost, and you can try again."))
        return 1
    requeued = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts).update(
        state=Job.State.QUEUED, sent_at=now(), words=_("The worker stopped; this will start again by itself")
    )
    if requeued:
        send_on_commit(job)
    return requeued


def send_again(job: Job) -> int:
    """A message can be lost; a job that is claimed once does not mind two."""
    sent = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, sent_at=job.sent_at).update(sent_at=now())
    if sent:
        send_on_commit(job)
    return sent
