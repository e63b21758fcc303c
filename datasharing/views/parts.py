from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from datasharing import actions
from datasharing.forms import PartForm
from datasharing.law import LISTS
from datasharing.models import FlowController
from datasharing.views.asking import ask
from datasharing.views.finding import flow_page, part_page
from xgov.access import rules
from xgov.access.permissions import Permission


@require_http_methods(["GET", "POST"])
def add_part(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    programme, record, context = flow_page(request, reference, flow)
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    form = PartForm(request.POST or None, user=request.user, programme=programme, flow=record)
    if form.is_valid() and form.carry_out(actions.add_part, record, by=request.user, **form.answers):
        messages.success(request, _said(form.result))
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Record a department’s part"),
        caption=str(record),
        action=_("Save part"),
        cancel=record.get_absolute_url(),
        lists=LISTS,
        template="datasharing/part_form.html",
    )


def _said(part: FlowController) -> str:
    return _("The part of %(department)s is saved.") % {"department": part.department.short_name}


@require_http_methods(["GET", "POST"])
def change_part(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    programme, record, context = part_page(request, reference, part)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    cancel = record.get_absolute_url()
    form = PartForm(request.POST or None, instance=record, user=request.user, programme=programme, flow=record.flow)
    if form.is_valid() and form.carry_out(
        actions.change_part, record, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _said(form.result))
        return redirect(form.result)
    heading = _("Change the part of %(department)s") % {"department": record.department}
    return ask(
        request,
        context,
        form,
        heading=heading,
        caption=str(record.flow),
        action=_("Save part"),
        cancel=cancel,
        lists=LISTS,
        template="datasharing/part_form.html",
    )
