"""What is in place against one risk, and what will be done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from risks.models import Control, Mitigation
from risks.views.finding import risk_page
from risks.views.places import pages_of
from xgov.access import rules
from xgov.access.permissions import Permission


@require_safe
def treatment(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    controls = list(risk.controls.visible_to(request.user).select_related("owner", "department").by_line())
    mitigations = list(risk.mitigations.visible_to(request.user).select_related("owner", "department").by_urgency())
    for part in (*controls, *mitigations):
        part.risk, part.programme = risk, risk.programme
        part.may_change = _may_change(request, part)
    context |= {"controls": controls, "mitigations": mitigations, "pages": pages_of(request, risk)}
    return render(request, "risks/treatment.html", context)


def _may_change(request: HttpRequest, part: Control | Mitigation) -> bool:
    is_possible = part.is_in_place if isinstance(part, Control) else part.is_planned
    return is_possible and not part.programme.is_over and rules.can(request.user, Permission.CONTRIBUTE, part)
