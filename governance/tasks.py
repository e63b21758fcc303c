import logging

from django.urls import reverse
from django.utils.translation import gettext as _

from governance import agreement_papers
from governance.actions import packs
from governance.models import AgreementVersion, Pack
from xgov.jobs.models import Job
from xgov.jobs.running import job_task
from xgov.papers.sections import SectionFailed, UnknownSection, find
from xgov.records.errors import RuleBroken

_log = logging.getLogger(__name__)


def pack_not_issued(job: Job) -> None:
    cancelled = _("It was cancelled before it was issued.")
    packs.give_up_pack(Pack.objects.get(pk=job.subject_id), job.failure or cancelled)


@job_task(packs.KIND, retries=1, on_failure=pack_not_issued, again=packs.issue_pack_again)
def issue_pack(job: Job) -> str:
    """Compose, freeze, print and issue one pack. Delivered twice it issues once."""
    pack = Pack.objects.select_related("programme", "board__programme").get(pk=job.subject_id)
    if not pack.is_issued:
        try:
            pack = packs.make_pack(pack, job, by=job.asked_by)
        except UnknownSection as unknown:
            raise RuleBroken(str(unknown)) from unknown
        except SectionFailed as failed:
            _log.exception("Pack %s: section %s failed", pack.pk, failed.key)
            words = _("The section “%(title)s” could not be composed, so nothing was issued. Quote %(reference)s.")
            raise RuleBroken(words % {"title": find(failed.key).title, "reference": job.reference}) from failed
    return pack.get_absolute_url()


@job_task(agreement_papers.KIND, retries=1)
def print_agreement(job: Job) -> str:
    version = AgreementVersion.objects.select_related("agreement", "programme").get(pk=job.subject_id)
    agreement_papers.print_version(version)
    return reverse(
        "governance:agreement-pdf", args=[version.programme.reference, version.agreement.reference, version.number]
    )
