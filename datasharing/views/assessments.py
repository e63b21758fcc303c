from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from datasharing import actions
from datasharing.forms import AssessmentForm
from datasharing.models import DataFlow
from datasharing.tags import assessment_tag, flow_tag
from datasharing.views.asking import ask
from datasharing.views.finding import assessment_page
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission


@require_safe
def assessment(request: HttpRequest, reference: str, assessment: str) -> HttpResponse:
    _programme, record, context = assessment_page(request, reference, assessment)
    flows = DataFlow.objects.visible_to(request.user).filter(assessment=record)
    context |= {
        "tag": assessment_tag(record),
        "flows": [
            (flow, flow_tag(flow))
            for flow in flows.select_related("programme", "dataset", "from_department", "to_department")
        ],
    }
    return render(request, "datasharing/assessment.html", context)


@require_http_methods(["GET", "POST"])
def start_assessment(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="data-sharing")
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    form = AssessmentForm(request.POST or None, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(actions.start_assessment, programme, by=request.user, **form.answers):
        messages.success(request, _("%(reference)s recorded.") % {"reference": form.result.reference})
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Record a data protection impact assessment (DPIA)"),
        action=_("Record assessment"),
        cancel=reverse("datasharing:plan", args=[reference]),
    )


@require_http_methods(["GET", "POST"])
def change_assessment(request: HttpRequest, reference: str, assessment: str) -> HttpResponse:
    programme, record, context = assessment_page(request, reference, assessment)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    cancel, caption = record.get_absolute_url(), str(record)
    form = AssessmentForm(request.POST or None, instance=record, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(
        actions.change_assessment, record, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("%(reference)s changed.") % {"reference": record.reference})
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Change assessment"),
        caption=caption,
        action=_("Save assessment"),
        cancel=cancel,
    )
