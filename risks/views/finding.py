"""What every page of one risk begins with."""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from programmes.views.pages import programme_page
from risks.actions.possible import refuse_ended_risk
from risks.models import Control, Mitigation, Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.records.errors import RuleBroken

T = TypeVar("T", Control, Mitigation)


def risk_page(request: HttpRequest, reference: str, number: str) -> tuple[Risk, dict[str, Any]]:
    """The risk, or 404 for those who may not see it or its programme; and what the page around it needs."""
    programme, context = programme_page(request, reference, active="risks")
    relations = ("kept_by", "owner", "closed_by")
    risk = rules.find(
        Risk.objects.filter(programme=programme).select_related(*relations), request.user, reference=number
    )
    risk.programme = programme
    return risk, {**context, "record": risk, "permissions": rules.permissions_on(request.user, risk)}


def way_back(request: HttpRequest, risk: Risk) -> HttpResponse | None:
    """From a form that would be filled in for nothing: to the risk, with why. To what was sent the action answers."""
    if request.method == "POST":
        return None
    try:
        refuse_ended_risk(risk)
    except RuleBroken as broken:
        messages.warning(request, broken.message)
        return redirect(risk)
    return None


def part_page(request: HttpRequest, reference: str, number: str, kind: type[T], pk: int) -> tuple[T, dict[str, Any]]:
    """A control or mitigation of the risk that the person may change, and what a form about it needs."""
    risk, context = risk_page(request, reference, number)
    part = rules.find(kind.objects.filter(risk=risk), request.user, pk=pk)
    rules.require(request.user, Permission.CONTRIBUTE, part)
    return part, {**context, "intro": part.text, "cancel": part.get_absolute_url()}
