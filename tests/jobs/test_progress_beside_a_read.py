"""A worker reads a long list and says meanwhile how far it is, while others write."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from xgov.jobs.models import Job, JobCancelled
from xgov.records.clock import now
from xgov.records.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 600  # more than the database hands out at once


def elsewhere(work) -> None:
    """As another process does: through a connection of its own."""

    def done() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as other:
        other.submit(done).result()


@pytest.fixture
def job() -> Job:
    Event.objects.bulk_create(Event(kind="noted") for _number in range(ROWS))
    return Job.objects.create(kind="tests.list", title="A list", state=Job.State.RUNNING, heartbeat_at=now())


def test_somebody_follows_a_long_list_while_others_write(job: Job) -> None:
    for number, _event in enumerate(Event.objects.order_by("pk").iterator(chunk_size=100)):
        if number % 200 == 100:
            elsewhere(lambda: Event.objects.create(kind="meanwhile"))
            job.progress_in_rows(number, ROWS)
    assert Job.objects.get(pk=job.pk).words == "500 of 600 rows"


def test_a_long_list_stops_when_nobody_wants_it_any_more(job: Job) -> None:
    reading = Event.objects.order_by("pk").iterator(chunk_size=100)
    next(reading)
    elsewhere(lambda: Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED))
    with pytest.raises(JobCancelled):
        job.progress_in_rows(100, ROWS)
    reading.close()
