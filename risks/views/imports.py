"""Spreadsheets out and in: the workbook of the register, bringing one, looking at what it would change, applying it."""

import tempfile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.views.pages import programme_page
from risks.actions import imports as actions
from risks.actions import taking_out
from risks.actions.bringing import bring_register
from risks.forms.imports import ApplyForm, BringForm
from risks.forms.matching import TARGETS
from risks.imports.matching import words_known
from risks.imports.surroundings import Surroundings
from risks.models import RegisterImport
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.jobs import queue
from xgov.pages.registers import ROWS_WHILE_WAITING
from xgov.papers.exports import XLSX_TYPE
from xgov.records.errors import RuleBroken
from xgov.records.events import record_event

LOOKED_AT_HERE = 400_000  # bytes; a larger file is opened and looked at by a worker
State = RegisterImport.State


@require_safe
def spreadsheets(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    found = RegisterImport.objects.visible_to(request.user).filter(programme=programme)
    context |= {
        "brought": found.select_related("brought_by", "kept_by", "programme").order_by("-number")[:100],
        "places": places(request, programme),
        "may_bring": Permission.CONTRIBUTE in context["programme_permissions"] and not programme.is_over,
    }
    return render(request, "risks/spreadsheets.html", context)


@require_safe
def workbook(request: HttpRequest, reference: str) -> HttpResponse | FileResponse:
    """The whole register that the person sees, to edit and to bring back."""
    programme, _context = programme_page(request, reference, active="risks")
    rows = taking_out.count_rows(programme, reader=request.user)
    if rows > ROWS_WHILE_WAITING:
        return redirect(taking_out.ask_for_register(programme, by=request.user))
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - FileResponse closes it
    taking_out.take_out_register(file, programme, by=request.user)
    file.seek(0)
    return FileResponse(
        file, content_type=XLSX_TYPE, as_attachment=True, filename=taking_out.name_of_register(programme)
    )


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    form = BringForm(request.POST or None, request.FILES or None, person=request.user, programme=programme)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept_by = form.cleaned_data["kept_by"]
        if form.carry_out(
            bring_register, programme, by=request.user, name=file.name, data=file.read(), kept_by=kept_by,
            is_opened_later=file.size > LOOKED_AT_HERE,
        ):  # fmt: skip
            return after_reading(request, form.result)
    most = {"rows": settings.XGOV_IMPORT_ROWS, "megabytes": settings.XGOV_IMPORT_MEGABYTES}
    context |= {"form": form, "places": places(request, programme), "most": most}
    return render(request, "risks/bring.html", context)


def after_reading(request: HttpRequest, brought: RegisterImport) -> HttpResponse:
    """On to its columns or words, or to what it would change: looked at here, or by a worker if that takes long."""
    if brought.state == State.MAPPING:
        return redirect(brought.get_matching_url())
    if brought.size > LOOKED_AT_HERE:
        title = _("Hold %(name)s against the register") % {"name": brought.name}
        key = f"{actions.LOOKED_AT_LATER}:{brought.pk}:{brought.lock_version}"
        return redirect(queue.ask(actions.LOOKED_AT_LATER, request.user, subject=brought, title=title, key=key))
    try:
        actions.look(brought, by=request.user)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    if not RegisterImport.objects.visible_to(request.user).filter(pk=brought.pk).exists():
        messages.warning(request, _("It speaks of what is marked OFFICIAL-SENSITIVE, which you may not see."))
        return redirect("risks:spreadsheets", reference=brought.programme.reference)
    return redirect(brought)


def import_page(request: HttpRequest, reference: str, number: int) -> tuple[RegisterImport, dict]:
    programme, context = programme_page(request, reference, active="risks")
    relations = ("brought_by", "applied_by", "kept_by", "mapping__department")
    found = RegisterImport.objects.filter(programme=programme).select_related(*relations)
    brought = rules.find(found, request.user, number=number)
    brought.programme = programme
    permissions = rules.permissions_on(request.user, brought)
    may_change = Permission.CONTRIBUTE in permissions and not brought.is_over and not programme.is_over
    return brought, {**context, "record": brought, "permissions": permissions, "may_change": may_change}


@require_safe
def preview(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    brought, context = import_page(request, reference, number)
    context |= {
        "plan": brought.plan,
        "matched": matched(brought),
        "form": ApplyForm() if brought.plan.get("counts", {}).get("overtaken") else None,
        "job": brought.newest_job if brought.state in {State.APPLYING, State.BROUGHT} else None,
    }
    return render(request, "risks/import.html", context)


def matched(brought: RegisterImport) -> dict[str, Any] | None:
    """How it is read, since when and by whom; None where nobody has said so."""
    if (mapping := brought.mapping) is None:
        return None
    newest = mapping.history.order_by("-history_id").first()
    targets = dict(TARGETS)
    return {
        "mapping": mapping, "on": newest.history_date, "by": newest.history_signer,
        "columns": [(header, targets.get(field, field)) for header, field in mapping.columns.items()],
        "words": words_known(mapping, Surroundings(brought.programme)),
    }  # fmt: skip


@require_safe
def kept_file(request: HttpRequest, reference: str, number: int) -> FileResponse:
    """The file as it was brought."""
    brought, _context = import_page(request, reference, number)
    words = _("The file of spreadsheet %(number)d") % {"number": number}
    address = request.get_full_path()
    record_event("list_exported", request.user, door=brought.programme, subject=brought, words=words, address=address)
    return FileResponse(
        brought.file.open(), as_attachment=True, filename=brought.name, content_type="application/octet-stream"
    )


@require_POST
def apply(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    brought, _context = import_page(request, reference, number)
    try:
        job = actions.ask_to_apply(brought, by=request.user, over_changes="over_changes" in request.POST)
    except RuleBroken as broken:
        messages.error(request, broken.message)
        return redirect(brought)
    return redirect(job)


@require_POST
def look_again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    brought, _context = import_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, brought)
    return after_reading(request, brought)


@require_POST
def put_aside(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    brought, _context = import_page(request, reference, number)
    try:
        actions.put_aside(brought, by=request.user)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, _("Put aside. Nothing was changed; the file is kept."))
    return redirect("risks:spreadsheets", reference=reference)
