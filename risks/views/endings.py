from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from risks import actions
from risks.forms import CloseForm, ReasonForm
from risks.models import Risk
from risks.views.finding import risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    form = CloseForm(request.POST or None)
    check = Check(request, form, risk, on_a_page=False)  # what is closed is the risk that was read
    if form.is_valid() and check.carry_out(actions.close_risk, risk, by=request.user, **form.answers):
        messages.success(request, _closed_in_words(form.result))
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Close risk"),
        "action": _("Close risk"),
        "intro": _("It leaves the register’s open risks, the heat map and the packs. It can be opened again."),
        "danger": True,
    }
    return render(request, "pages/form.html", context)


def _closed_in_words(risk: Risk) -> str:
    if risk.status == Risk.Status.MATERIALISED:
        words = _("Risk %(reference)s has happened. It lives on as issue %(issue)s.")
        return words % {"reference": risk.reference, "issue": risk.issues.latest("pk").reference}
    return _("Risk %(reference)s is closed.") % {"reference": risk.reference}


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    form = ReasonForm(request.POST or None)
    check = Check(request, form, risk, on_a_page=False)
    if form.is_valid() and check.carry_out(actions.reopen_risk, risk, by=request.user, **form.answers):
        messages.success(request, _("Risk %(reference)s is open again.") % {"reference": number})
        return redirect(form.result)
    context |= {"form": form, "heading": _("Open risk again"), "action": _("Open risk again")}
    if risk.status == Risk.Status.MATERIALISED:
        context["intro"] = _("It has happened. The issue that it became stays as it is: close that on its own page.")
    return render(request, "pages/form.html", context)
