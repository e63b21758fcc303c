from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from risks import actions
from risks.forms import CheckForm, ControlForm, ReasonForm
from risks.models import Control
from risks.views.finding import part_page, risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    blank = Control(risk=risk, programme=risk.programme)
    form = ControlForm(request.POST or None, instance=blank, person=request.user)
    if form.is_valid() and form.carry_out(actions.add_control, risk, by=request.user, **form.answers):
        messages.success(request, _("The control is recorded. Say next whether it works."))
        return redirect(request.path if "another" in request.POST else form.result)
    context |= {
        "form": form,
        "heading": _("Add a control"),
        "action": _("Add control"),
        "another": _("Save and add another"),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    control, context = part_page(request, reference, number, Control, pk)
    form = ControlForm(request.POST or None, instance=control, person=request.user)
    if form.is_valid() and form.carry_out(
        actions.change_control, control, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("The control is changed."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Change control"), "action": _("Save control")}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    control, context = part_page(request, reference, number, Control, pk)
    form = CheckForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.check_control, control, by=request.user, **form.answers):
        messages.success(request, _("The check is recorded. If it changes the risk, score the risk again."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Record a check"), "action": _("Record check")}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    control, context = part_page(request, reference, number, Control, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.end_control, control, by=request.user, **form.answers):
        messages.success(request, _("The control has ended. If that changes the risk, score the risk again."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("End control"), "action": _("End control"), "danger": True}
    return render(request, "pages/form.html", context)
