"""The heat map of one programme, and of all that a person may see, one scale at a time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Min, Model, OuterRef
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks.board_moments import last_board_moment
from risks.forms.since import SinceForm
from risks.gathered_lists import LOOK_BACK, beginning_of
from risks.heat_map import heat_map as draw
from risks.heat_map_words import movement_in_words
from risks.heat_movement import Since
from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.register_terms import terms_of, terms_of_many
from risks.scales import FIVE_BY_FIVE, SCALES
from risks.scoring import ASSESSMENTS, Scale
from risks.views.places import places, places_over_programmes
from xgov.pages import values
from xgov.pages.registers import FILE_FORMATS, Column, file_of
from xgov.records.clock import today


@require_safe
def heat_map(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference)
    risks = Risk.objects.visible_to(request.user).filter(programme=programme)
    last_pack = last_board_moment(programme, request.user)
    context |= {
        "places": places(request, programme),
        "list_url": reverse("risks:list", args=[reference]),
        "movers_url": reverse("risks:movers", args=[reference]),
    }
    scale = terms_of(programme).scale
    return _answer(request, risks, scale, last_pack, "risks/heat_map.html", context, door=programme)


@require_safe
def over_programmes(request: HttpRequest) -> HttpResponseBase:
    """Scores of different scales are never in one matrix: another scale is another page."""
    scale = SCALES.get(request.GET.get("scale", ""), FIVE_BY_FIVE)
    risks = Risk.objects.visible_to(request.user)
    agreed = _as_agreed(request, risks, scale)
    scale = agreed.pop() if len(agreed) == 1 else scale
    context = {"places": places_over_programmes(request), "list_url": reverse("risks:all"), "scales": SCALES}
    context["bands_differ"] = bool(agreed)
    return _answer(request, risks, scale, None, "risks/heat_map_over_programmes.html", context)


def _as_agreed(request: HttpRequest, risks: RiskQuerySet, scale: Scale) -> set[Scale]:
    """How the programmes whose risks are on the map have agreed on this scale: with which scores and bands."""
    on_the_map = Exists(risks.live().filter(programme=OuterRef("pk")))
    programmes = Programme.objects.visible_to(request.user).filter(on_the_map).only("pk")
    return {terms.scale for terms in terms_of_many(programmes).values() if terms.scale.key == scale.key}


def _answer(
    request: HttpRequest, risks: RiskQuerySet, scale: Scale, last_pack: datetime | None, template: str,
    context: Mapping[str, Any], door: Model | None = None,
) -> HttpResponseBase:  # fmt: skip
    assessment = request.GET.get("score", "")
    if assessment not in ASSESSMENTS:
        assessment = "residual"
    form = SinceForm(request.GET)
    chosen = form.cleaned_data["since"] if form.is_valid() else None
    moment = beginning_of(chosen) if chosen else last_pack or beginning_of(today() - LOOK_BACK)
    day = localdate(moment)
    drawn = draw(risks, scale, assessment, Since(moment, moment))
    if (kind := request.GET.get("format")) in FILE_FORMATS:
        columns = _columns(day, with_scores=not context.get("bands_differ"))
        return file_of(request, f"heat-map-{assessment}", columns, drawn.cells, kind, door)
    shown = {
        "heat_map": drawn,
        "assessments": ASSESSMENTS,
        "since_form": form,
        "since": day,
        "since_said": values.moment(moment) if last_pack and not chosen else values.day(moment),
        "since_words": _since_words(moment, is_chosen=chosen is not None, is_last_pack=last_pack is not None),
        "since_query": f"?since_day={day.day}&since_month={day.month}&since_year={day.year}" if chosen else "",
        "movement": movement_in_words(drawn.movement),
        "before_the_register": _before_the_register(risks, chosen) if chosen else "",
    }
    return render(request, template, {**context, **shown})


def _before_the_register(risks: RiskQuerySet, day: date) -> str:
    """A sentence where no risk that the person may see was recorded yet on the day they chose."""
    first = Risk.history.filter(id__in=risks.order_by().values("pk")).aggregate(first=Min("history_date"))["first"]
    if first is None or day >= localdate(first):
        return ""
    words = _("The first risk was recorded on %(day)s: before that day there is nothing to compare with.")
    return words % {"day": values.day(localdate(first))}


def _since_words(moment: datetime, *, is_chosen: bool, is_last_pack: bool) -> str:
    if is_chosen:
        words = _("Movement since %(day)s. Choose another day")
    elif is_last_pack:
        words = _("Movement since the last pack, as at %(moment)s. Choose another day")
    else:
        words = _("Movement since %(day)s, %(days)d days ago (a local default). Choose another day")
    return words % {"day": values.day(moment), "moment": values.moment(moment), "days": LOOK_BACK.days}


def _columns(day: date, *, with_scores: bool) -> list[Column]:
    """Of a file: a row for each cell. The numbers of today, and what has moved since the day."""
    scores = [
        Column("score", _("Score"), value="score.value"),
        Column("band", _("Band"), value="score.band.label"),
    ]
    return [
        Column("likelihood", _("Likelihood"), value="score.likelihood"),
        Column("impact", _("Impact"), value="score.impact"),
        *(scores if with_scores else []),
        Column("count", _("Number")),
        Column("drafts", _("Drafts among them")),
        Column("then", _("Then (%(day)s)") % {"day": values.day(day)}),
        Column("came", _("Came in since")),
        Column("left", _("Left since")),
    ]
