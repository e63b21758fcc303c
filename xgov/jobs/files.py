"""Files that a worker makes for one person: kept for a day, and only while that person may do what they might then."""

import datetime as dt
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.urls import reverse

from xgov.access import standing
from xgov.jobs.models import Job
from xgov.records.clock import now

KEPT_FOR = dt.timedelta(days=1)
_NAME, _STANDING = "file", "standing"


def keep(job: Job, file: IO[bytes], name: str) -> str:
    """Put the file by; gives the address at which the person who asked for it, and nobody else, fetches it."""
    path = _path(job, name)
    default_storage.delete(path)  # of an attempt whose worker died
    default_storage.save(path, File(file))
    job.args |= {_NAME: name, _STANDING: standing.fingerprint(job.asked_by)}
    Job.objects.filter(pk=job.pk).update(args=job.args)
    return reverse("jobs:file", args=[job.pk, name])


def is_kept(job: Job) -> bool:
    return job.state == Job.State.FINISHED and _NAME in job.args and job.ended_at > now() - KEPT_FOR


def sees_the_same(job: Job) -> bool:
    """Whether the person may do what they might when the file was made; else it may show them too much."""
    return job.args.get(_STANDING) == standing.fingerprint(job.asked_by)


def opened(job: Job) -> File:
    return default_storage.open(_path(job, job.args[_NAME]))


def clear() -> int:
    """Remove the files whose day is over, and those of work that was called off; gives their number."""
    over = list(Job.objects.filter(args__has_key=_NAME, ended_at__lt=now() - KEPT_FOR))
    for job in over:
        default_storage.delete(_path(job, job.args[_NAME]))
        rest = {key: value for key, value in job.args.items() if key not in {_NAME, _STANDING}}
        Job.objects.filter(pk=job.pk).update(args=rest)
    return len(over)


def _path(job: Job, name: str) -> str:
    return f"made/{job.pk}/{name}"
