from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.views.pages import programme_page
from risks.heat_map import heat_map as draw
from risks.models import Risk
from risks.register_terms import terms_of
from risks.scoring import ASSESSMENTS
from risks.views.places import places


@require_safe
def heat_map(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference)
    assessment = request.GET.get("score", "")
    if assessment not in ASSESSMENTS:
        assessment = "residual"
    risks = Risk.objects.visible_to(request.user).filter(programme=programme).live()
    context |= {
        "heat_map": draw(risks, terms_of(programme).scale, assessment),
        "assessments": ASSESSMENTS,
        "places": places(request, programme),
    }
    return render(request, "risks/heat_map.html", context)
