from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from risks import actions
from risks.escalation.limits import concerning, strictest_of
from risks.forms import RescoreForm
from risks.models import Risk
from risks.register_terms import terms_of
from risks.views.finding import risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission


@require_http_methods(["GET", "POST"])
def rescore(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    was = (risk.is_above_appetite, risk.above_tolerance_since is not None, risk.escalated_to)
    form = RescoreForm(request.POST or None, instance=risk)
    if form.is_valid() and form.carry_out(
        actions.rescore_risk, risk, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _in_words(form.result, *was))
        return redirect(form.result)
    limits = concerning(risk)
    context |= {"form": form, "limits": limits, "strictest": strictest_of(limits)}
    context["scale"] = terms_of(risk.programme).scale
    return render(request, "risks/rescore.html", context)


def _in_words(risk: Risk, was_above: bool, was_above_tolerance: bool, was_escalated_to: str) -> str:
    said = {"reference": risk.reference, "score": risk.residual, "level": risk.get_escalated_to_display()}
    if risk.escalated_to and risk.escalated_to != was_escalated_to:
        return _("Risk %(reference)s now scores %(score)s. It has escalated to: %(level)s.") % said
    if was_escalated_to and not risk.escalated_to:
        return _("Risk %(reference)s now scores %(score)s. It is no longer escalated.") % said
    if risk.escalated_to and risk.above_tolerance_since and not was_above_tolerance:
        words = _("Risk %(reference)s now scores %(score)s. It is above what is tolerated, and is before: %(level)s.")
        return words % said
    if risk.is_above_appetite and not was_above:
        return _("Risk %(reference)s now scores %(score)s. It is above the appetite.") % said
    if was_above and not risk.is_above_appetite:
        return _("Risk %(reference)s now scores %(score)s. It is back within the appetite.") % said
    return _("Risk %(reference)s now scores %(score)s.") % said
