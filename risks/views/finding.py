"""What every page of one risk begins with."""

from typing import Any

from django.http import HttpRequest

from programmes.views.pages import programme_page
from risks.models import Risk
from xgov.access import rules


def risk_page(request: HttpRequest, reference: str, number: str) -> tuple[Risk, dict[str, Any]]:
    """The risk, or 404 for those who may not see it or its programme; and what the page around it needs."""
    programme, context = programme_page(request, reference, active="risks")
    relations = ("kept_by", "owner", "closed_by")
    risk = rules.find(
        Risk.objects.filter(programme=programme).select_related(*relations), request.user, reference=number
    )
    risk.programme = programme
    return risk, {**context, "record": risk, "permissions": rules.permissions_on(request.user, risk)}
