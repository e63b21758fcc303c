"""A kind of work for the tests of jobs."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from queue import Empty

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from xgov.jobs import queue, running
from xgov.jobs.models import Job
from xgov.jobs.running import job_task
from xgov.records.errors import RuleBroken

KIND = "tests.sandwich"
LATER = dt.timedelta(seconds=90)


@pytest.fixture
def sandwich() -> Iterator[list[str]]:
    """A kind of work for these tests. What is put in `plan` is done; what becomes of it stands there too."""
    plan: list[str] = []

    def told(job: Job) -> None:
        plan.append(f"told: {job.state}")

    @job_task(KIND, retries=1, on_failure=told)
    def make(job: Job) -> str:
        plan.append("made")
        job.progress(50, "Half of it")
        for order in list(plan):
            if order == "cancel me":
                queue.cancel(Job.objects.get(pk=job.pk))
                job.progress(60)
            if order == "refuse":
                raise RuleBroken("There is no bread.")
            if order == "not allowed":
                raise PermissionDenied("Not your kitchen.")
            if order == "explode":
                raise ZeroDivisionError("internal words")
        return "/sandwich/"

    yield plan
    for shelf in (running.works, running.retries_of, running.when_failed):
        shelf.pop(KIND)


def ask(cast: Cast, key: str = "") -> Job:
    return queue.ask(KIND, cast.sro, title="A sandwich", key=key)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def messages_about(job: Job) -> int:
    """Takes everything out of the real queue and counts what was for this job."""
    found = 0
    with current_app.connection_for_read() as broker, closing(broker.SimpleQueue("celery")) as waiting:
        while True:
            try:
                message = waiting.get(block=False)
            except Empty:
                return found
            message.ack()
            found += message.headers["task"] == job.kind and message.payload[0] == [str(job.pk)]
