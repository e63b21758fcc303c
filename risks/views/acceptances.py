from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from risks import actions
from risks.forms import AcceptForm, ReasonForm
from risks.models import Acceptance
from risks.views.finding import risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages import values
from xgov.pages.forms import Check


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.DECIDE, risk)
    if back := way_back(request, risk):
        return back
    form = AcceptForm(request.POST or None, risk=risk)
    check = Check(request, form, risk, on_a_page=False)  # carried is the risk that was read
    if form.is_valid() and check.carry_out(actions.accept_risk, risk, by=request.user, **form.answers):
        said = {"reference": number, "day": values.day(form.result.expires_on)}
        messages.success(request, _("Risk %(reference)s is accepted until %(day)s.") % said)
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Accept risk"),
        "action": _("Accept risk"),
        "intro": _(
            "You carry it as it is. Until the last day it does not escalate to you, or to those below you, for its "
            "score. What waits for a level above yours goes on waiting there."
        ),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    acceptance = rules.find(Acceptance.objects.filter(risk=risk), request.user, pk=pk)
    rules.require(request.user, Permission.DECIDE, acceptance)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.withdraw_acceptance, acceptance, by=request.user, **form.answers):
        messages.success(request, _("The acceptance of risk %(reference)s is withdrawn.") % {"reference": number})
        return redirect(risk)
    context |= {
        "form": form,
        "heading": _("Withdraw acceptance"),
        "action": _("Withdraw acceptance"),
        "intro": _("From now on the risk escalates again if it is above what was agreed."),
        "danger": True,
    }
    return render(request, "pages/form.html", context)
