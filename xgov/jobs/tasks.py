from celery import shared_task

from xgov.jobs import files, tending


@shared_task(name="jobs.tend")
def tend() -> None:
    tending.tend()


@shared_task(name="jobs.clear_files")
def clear_files() -> None:
    files.clear()
