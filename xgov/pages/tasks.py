from xgov.jobs.models import Job
from xgov.jobs.running import job_task
from xgov.pages.registers import making


@job_task(making.KIND, retries=1)
def make_list(job: Job) -> str:
    """Make a long list into a workbook for the person who asked. Made twice it is the same."""
    return making.make(job)
