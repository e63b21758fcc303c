"""Many risks together: by department, by programme, under the risk they are part of, and those that have moved."""

from django.db.models import Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks.board_days import last_board_day
from risks.gathered_lists import BY_DEPARTMENT, GATHERED, LOOK_BACK, MOVERS, PORTFOLIO
from risks.gathering import departments_keeping, departments_with_risks, programmes_with_risks, risks_with_parts
from risks.models import Risk
from risks.views.places import places, places_over_programmes
from xgov.pages import values
from xgov.pages.registers import register_page


@require_safe
def movers(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="risks")
    risks = Risk.objects.visible_to(request.user).filter(programme=programme).with_page_relations()
    context |= {
        "heading": _("Risks that have moved"),
        "places": places(request, programme),
        "intro": _("Those of the last %(days)d days, unless you give a day. The days are a local default.")
        % {"days": LOOK_BACK.days},
    }
    if day := last_board_day(programme, request.user):
        context["intro_url"] = f"?since_day={day.day}&since_month={day.month}&since_year={day.year}"
        context["intro_action"] = _("Since the last pack, %(day)s") % {"day": values.day(day)}
    return register_page(request, MOVERS, risks, template="risks/register.html", context=context, door=programme)


@require_safe
def by_department(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="risks")
    risks = Risk.objects.visible_to(request.user).filter(programme=programme)
    departments = departments_keeping([programme], risks).annotate(in_programme=Value(programme.reference))
    context |= {"heading": _("Risks by department"), "places": places(request, programme)}
    return register_page(
        request, BY_DEPARTMENT, departments_with_risks(departments, risks), template="risks/register.html",
        context=context, door=programme,
    )  # fmt: skip


@require_safe
def portfolio(request: HttpRequest) -> HttpResponseBase:
    programmes = Programme.objects.visible_to(request.user).joint().active()
    context = {
        "heading": _("Risks by programme"),
        "places": places_over_programmes(request),
        "intro": _("Counted from the open risks that you may see. Risks scored on two scales have no highest score."),
    }
    lines = programmes_with_risks(programmes, Risk.objects.visible_to(request.user))
    return register_page(request, PORTFOLIO, lines, template="risks/over_programmes.html", context=context)


@require_safe
def gathered(request: HttpRequest) -> HttpResponseBase:
    context = {
        "heading": _("Gathered risks"),
        "places": places_over_programmes(request),
        "intro": _("Risks that others are part of, and what the parts add up to that were shared upwards."),
    }
    lines = risks_with_parts(request.user)
    return register_page(request, GATHERED, lines, template="risks/over_programmes.html", context=context)
