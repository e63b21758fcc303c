"""An agreement as a document: the text that is signed, and who has signed it."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from governance.agreement_text import sha256_of_text
from governance.models import AgreementVersion
from xgov.access.doors import is_sensitive
from xgov.jobs import queue
from xgov.jobs.models import Job
from xgov.papers.pdf import PaperFault, render
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking

KIND = "governance.print_agreement"


def pdf_name(version: AgreementVersion) -> str:
    """Where the file is kept. A signature, another marking, another name: whatever is printed makes another file."""
    return f"agreements/{version.pk}-{sha256_of_text(document(version))}.pdf"


def ask_for_pdf(version: AgreementVersion, *, by: models.Model) -> Job:
    title = _("%(agreement)s as PDF") % {"agreement": version}
    return queue.ask(KIND, by, subject=version, key=f"{KIND}:{by.pk}:{pdf_name(version)}", title=title)


def document(version: AgreementVersion) -> str:
    return render_to_string("papers/agreement.html", values_of(version))


def values_of(version: AgreementVersion) -> dict[str, Any]:
    return {
        "version": version,
        "marking": Marking.OFFICIAL_SENSITIVE if is_sensitive(version) else Marking.OFFICIAL,
        "agreement": version.agreement,
        "programme": version.programme,
        "clauses": version.clauses_in_order,
        "signatures": version.signatures_in_order,
    }


def print_version(version: AgreementVersion) -> str:
    """Make the file unless it is there; its name in the storage."""
    name = pdf_name(version)
    if not default_storage.exists(name):
        try:
            default_storage.save(name, ContentFile(render(document(version)).data))
        except PaperFault as fault:
            words = _("The text could not be printed in a form that everyone can read: %(faults)s")
            raise RuleBroken(words % {"faults": " ".join(fault.faults[:5])}) from fault
    return name
