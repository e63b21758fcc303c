from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.views.pages import programme_page
from risks.assurance_map import assurance_map
from risks.models import Risk
from risks.views.places import places
from xgov.records.fields import Marking


@require_safe
def assurance(request: HttpRequest, reference: str) -> HttpResponse:
    """Which line looks after which of the principal risks."""
    programme, context = programme_page(request, reference, active="risks")
    risks = Risk.objects.visible_to(request.user).filter(programme=programme)
    drawn = assurance_map(risks)
    context |= {"map": drawn, "places": places(request, programme)}
    if drawn.is_sensitive:
        context["page_marking"] = Marking.OFFICIAL_SENSITIVE
    return render(request, "risks/assurance.html", context)
