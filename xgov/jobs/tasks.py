from celery import shared_task

from xgov.jobs import tending


@shared_task(name="jobs.tend")
def tend() -> None:
    tending.tend()
