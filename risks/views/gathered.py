"""Many risks together: by department, by programme, under the risk they are part of, and those that have moved."""

from datetime import datetime

from django.db.models import Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks.board_moments import last_board_moment
from risks.gathered_lists import BY_DEPARTMENT, GATHERED, LOOK_BACK, PORTFOLIO, movers_since
from risks.gathering import departments_keeping, departments_with_risks, programmes_with_risks, risks_with_parts
from risks.models import Risk
from risks.views.places import places, places_over_programmes
from xgov.pages import values
from xgov.pages.registers import register_page


@require_safe
def movers(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="risks")
    risks = Risk.objects.visible_to(request.user).filter(programme=programme).with_page_relations()
    last_pack = last_board_moment(programme, request.user)
    context |= {
        "heading": _("Risks that have moved"),
        "places": places(request, programme),
        "intro": _movers_since_when(last_pack),
    }
    return register_page(
        request, movers_since(last_pack), risks, template="risks/register.html", context=context, door=programme
    )


def _movers_since_when(last_pack: datetime | None) -> str:
    if last_pack is not None:
        return _("Since the last pack, as at %(moment)s, unless you give a day.") % {"moment": values.moment(last_pack)}
    words = _("Those of the last %(days)d days, unless you give a day. The days are a local default.")
    return words % {"days": LOOK_BACK.days}


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
