from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from risks import actions
from risks.forms import FinishForm, MitigationForm, ReasonForm
from risks.models import Mitigation
from risks.views.finding import part_page, risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    blank = Mitigation(risk=risk, programme=risk.programme)
    form = MitigationForm(request.POST or None, instance=blank, person=request.user)
    if form.is_valid() and form.carry_out(actions.add_mitigation, risk, by=request.user, **form.answers):
        messages.success(request, _("The mitigation is planned."))
        return redirect(request.path if "another" in request.POST else form.result)
    context |= {
        "form": form,
        "heading": _("Add a mitigation"),
        "action": _("Add mitigation"),
        "another": _("Save and add another"),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    mitigation, context = part_page(request, reference, number, Mitigation, pk)
    form = MitigationForm(request.POST or None, instance=mitigation, person=request.user)
    if form.is_valid() and form.carry_out(
        actions.change_mitigation, mitigation, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("The mitigation is changed."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Change mitigation"), "action": _("Save mitigation")}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    mitigation, context = part_page(request, reference, number, Mitigation, pk)
    form = FinishForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.finish_mitigation, mitigation, by=request.user, **form.answers):
        messages.success(request, _("The mitigation is done. If it changed the risk, score the risk again."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Mark mitigation as done"), "action": _("Mark as done")}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    mitigation, context = part_page(request, reference, number, Mitigation, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.drop_mitigation, mitigation, by=request.user, **form.answers):
        messages.success(request, _("The mitigation is dropped."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Drop mitigation"), "action": _("Drop mitigation"), "danger": True}
    return render(request, "pages/form.html", context)
