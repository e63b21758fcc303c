"""Taking the register out as a workbook: while the person waits, or by a worker when it is long."""

import tempfile
from typing import IO

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.register_book import records_beside, write_register
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.jobs import files, queue
from xgov.jobs.models import Job
from xgov.records.clock import today
from xgov.records.events import record_event

KIND = "risks.take_out_register"


def name_of_register(programme: Programme) -> str:
    return f"risks-{programme.reference}-{today():%Y-%m-%d}.xlsx"


def count_rows(programme: Programme, *, reader: User) -> int:
    """Of all the sheets."""
    risks = _risks(programme, reader)
    return risks.count() + sum(records.count() for records in records_beside(risks, reader).values())


def ask_for_register(programme: Programme, *, by: User) -> Job:
    """Queue it, or give back the one that is being made for the same person."""
    title = _("The risk register of %(programme)s as a workbook") % {"programme": programme.name}
    return queue.ask(KIND, by, subject=programme, title=title, key=f"{KIND}:{programme.pk}:{by.pk}")


def take_out_register(file: IO[bytes], programme: Programme, *, by: User, job: Job | None = None) -> None:
    """Write what the person sees, and note that they took it. Raises RuleBroken when a sheet would be too long."""
    rules.require(by, Permission.VIEW, programme)
    most = count_rows(programme, reader=by) if job is not None else 0

    def tell(written: int) -> None:
        if job is not None:
            job.progress_in_rows(written, most)

    write_register(file, programme, _risks(programme, by), reader=by, tell=tell)
    address = reverse("risks:workbook", args=[programme.reference])
    record_event("list_exported", by, door=programme, words=_("The risk register as a workbook"), address=address)


def make_register(programme: Programme, job: Job) -> str:
    """Take it out and put it by for the person who asked; gives where it is fetched."""
    with tempfile.TemporaryFile(suffix=".xlsx") as file:
        take_out_register(file, programme, by=job.asked_by, job=job)
        file.seek(0)
        return files.keep(job, file, name_of_register(programme))


def _risks(programme: Programme, reader: User) -> RiskQuerySet:
    return Risk.objects.visible_to(reader).filter(programme=programme)
