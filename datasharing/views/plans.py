from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from datasharing import actions
from datasharing.before_live import missing_before_live
from datasharing.choices import keeps_for_lead
from datasharing.forms import AgreePlanForm, PlanForm
from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan
from datasharing.tags import assessment_tag, flow_tag, plan_tag, refresh_tag
from datasharing.views.asking import ask
from programmes.models import Programme
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.fields import Marking


@require_safe
def plan_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan, what is shared, what is late and what is missing before data may move."""
    programme, context = programme_page(request, reference)
    plan = _plan_of(programme, request.user)
    datasets = list(Dataset.objects.visible_to(request.user).filter(programme=programme).for_a_list())
    flows = DataFlow.objects.visible_to(request.user).filter(programme=programme).with_what_live_needs()
    assessments = Assessment.objects.visible_to(request.user).filter(programme=programme).select_related("kept_by")
    context |= {
        "plan": plan,
        "plan_tag": plan_tag(plan) if plan else None,
        "permissions": rules.permissions_on(request.user, plan) if plan else frozenset(),
        "keeps_for_lead": keeps_for_lead(request.user, programme),
        "datasets": [(dataset, refresh_tag(dataset)) for dataset in datasets],
        "late": [dataset for dataset in datasets if dataset.is_late],
        "flows": [_flow_row(flow) for flow in flows],
        "assessments": [(each, assessment_tag(each)) for each in assessments],
        "page_marking": _marking(plan, *datasets, *assessments),
    }
    context["broken"] = [row["flow"] for row in context["flows"] if row["flow"].status == "LIVE" and row["missing"]]
    return render(request, "datasharing/plan.html", context)


def _plan_of(programme: Programme, user: User) -> DataSharingPlan | None:
    plan = DataSharingPlan.objects.visible_to(user).filter(programme=programme).select_related("owner", "kept_by")
    return plan.first()


def _flow_row(flow: DataFlow) -> dict[str, Any]:
    missing = missing_before_live(flow) if flow.status != DataFlow.Status.ENDED else []
    return {"flow": flow, "tag": flow_tag(flow), "missing": missing}


def _marking(*records: Any) -> str:
    sensitive = any(record is not None and record.marking == Marking.OFFICIAL_SENSITIVE for record in records)
    return Marking.OFFICIAL_SENSITIVE if sensitive else ""


@require_http_methods(["GET", "POST"])
def edit_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Writes the plan; the first time it starts it."""
    programme, context = programme_page(request, reference, active="data-sharing")
    plan = _plan_of(programme, request.user)
    subject = plan or DataSharingPlan(programme=programme, kept_by=programme.lead)
    rules.require(request.user, Permission.CONTRIBUTE, subject)
    form = PlanForm(request.POST or None, instance=plan, user=request.user, programme=programme)
    if form.is_valid() and _write_plan(form, programme, plan, request.user):
        messages.success(request, _("The data-sharing plan has been saved."))
        return redirect(form.result)
    heading = _("Change the data-sharing plan") if plan else _("Write the data-sharing plan")
    return ask(request, context, form, heading=heading, action=_("Save plan"), cancel=subject.get_absolute_url())


def _write_plan(form: PlanForm, programme: Programme, plan: DataSharingPlan | None, by: User) -> bool:
    if plan is None:
        return form.carry_out(actions.start_plan, programme, by=by, **form.answers)
    return form.carry_out(actions.change_plan, plan, by=by, seen_version=form.seen_version, **form.answers)


@require_http_methods(["GET", "POST"])
def agree_plan(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="data-sharing")
    plan = rules.find(DataSharingPlan.objects.all(), request.user, programme=programme)
    rules.require(request.user, Permission.MANAGE, plan)
    form = AgreePlanForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.agree_plan, plan, by=request.user, **form.answers):
        messages.success(request, _("The data-sharing plan is agreed. It shows as agreed until its next review."))
        return redirect(plan)
    return ask(
        request,
        context,
        form,
        heading=_("Agree the data-sharing plan"),
        action=_("Agree plan"),
        cancel=plan.get_absolute_url(),
        intro=_(
            "Agree it when the departments in the plan have said that it is right. It is then what boards are told."
        ),
    )
