from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programmes.models import Programme
from risks import actions
from risks.bearing import Bearing, bearing_of
from risks.forms import AffectedForm
from risks.views.finding import risk_page, way_back
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check, Seen
from xgov.papers.plain import sha256_of


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    present = _as_typed(bearing_of(risk, request.user))
    form = AffectedForm(request.POST or None, risk=risk, person=request.user, initial=present)
    check = Check(request, form, _seen(present), on_a_page=False)
    if form.is_valid() and check.carry_out(actions.say_what_is_affected, risk, by=request.user, **form.answers):
        messages.success(request, _("What risk %(reference)s bears on is recorded.") % {"reference": number})
        return redirect(f"{risk.get_absolute_url()}#affects")
    context |= {"form": form, "heading": _("Say what it bears on"), "action": _("Save")}
    return render(request, "pages/form.html", context)


def _seen(present: dict[str, object]) -> Seen:
    """It has no version of its own: what it was is told by all that it named."""
    departments = sorted(department.pk for department in present["departments"])
    return Seen(_("What the risk bears on"), sha256_of({**present, "departments": departments}))


def _as_typed(bearing: Bearing) -> dict[str, object]:
    projects = (each.reference if isinstance(each, Programme) else each for each in bearing.projects)
    return {
        "departments": bearing.departments,
        "objectives": "\n".join(bearing.objectives),
        "projects": "\n".join(projects),
    }
