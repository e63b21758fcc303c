from celery import shared_task
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import actions
from risks.actions import bringing, imports, taking_out
from risks.models import RegisterImport
from xgov.jobs.models import Job
from xgov.jobs.running import job_task


@shared_task(name="risks.escalate_all")
def escalate_all() -> None:
    """May run at any hour and any number of times: it writes only what has changed."""
    actions.escalate_all()


def _brought(job: Job) -> RegisterImport:
    return RegisterImport.objects.select_related("programme", "mapping").get(pk=job.subject_id)


def register_not_applied(job: Job) -> None:
    imports.give_up(_brought(job), job.failure or _("It was cancelled before it was applied."))


@job_task(imports.KIND, retries=1, on_failure=register_not_applied)
def apply_register(job: Job) -> str:
    """Apply one spreadsheet to its register, whole. Delivered twice it applies once."""
    brought = _brought(job)
    if not brought.is_over:
        imports.apply_register(brought, by=job.asked_by, job=job)
    return brought.get_absolute_url()


@job_task(taking_out.KIND, retries=1)
def take_out_register(job: Job) -> str:
    """Make a long register into a workbook for the person who asked. Made twice it is the same."""
    return taking_out.make_register(Programme.objects.get(pk=job.subject_id), job)


def register_not_read(job: Job) -> None:
    imports.give_up(_brought(job), job.failure or _("It was cancelled before it was read."))


@job_task(imports.LOOKED_AT_LATER, retries=1, on_failure=register_not_read)
def look_at_register(job: Job) -> str:
    """Open a large file and hold it against the register, for the preview; or for a person to match it."""
    brought = _brought(job)
    job.progress(10, _("Reading the file"))
    if not brought.is_over and not brought.shape:
        brought = bringing.open_up(brought, by=job.asked_by)
    if brought.state == RegisterImport.State.MAPPING:
        return brought.get_matching_url()
    if not brought.is_over:
        job.progress(50, _("Holding it against the register"))
        imports.look(brought, by=job.asked_by)
    return brought.get_absolute_url()
