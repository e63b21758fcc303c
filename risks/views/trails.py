from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from risks.trail import score_trail
from risks.trend import trend_of
from risks.views.finding import risk_page
from risks.views.places import pages_of


@require_safe
def trail(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """How the scores have moved, as a picture and as a table, and why."""
    risk, context = risk_page(request, reference, number)
    steps = score_trail(risk)
    context |= {"trail": steps, "trend": trend_of(risk, steps), "pages": pages_of(request, risk)}
    return render(request, "risks/trail.html", context)
