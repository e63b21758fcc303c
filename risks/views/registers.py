"""The lists of risks: of one programme, and of all that a person may see."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programmes.views.pages import programme_page
from risks.bearing import with_bearing
from risks.exports import RISK_FILE_COLUMNS
from risks.filters import RiskFilters
from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.views.places import narrowed, places, places_over_programmes
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.pages.registers import Choosing, Column, Register, register_page

_RISK = Column("risk", _("Risk"), value=str, link=True, sort=("reference",))
_PROGRAMME = Column("programme", _("Programme"), value="programme.name", sort=("programme__name",))
_REST = [
    Column("category", _("Category"), value="get_category_display", sort=("category",)),
    Column("kept_by", _("Kept by"), value="kept_by.short_name", sort=("kept_by__name",)),
    Column("owner", _("Owner"), value="owner.name", sort=("owner__name",)),
    Column("score", _("Residual score"), value="residual", sort=("residual_score",), template="risks/cells/score.html"),
    Column("review", _("Next review"), value="review_due", sort=("review_due",), template="risks/cells/review.html"),
]


def _register(key: str, columns: list[Column], empty_title: type_of_text, empty_text: type_of_text) -> Register:
    return Register(
        key=key,
        columns=columns,
        filterset=RiskFilters,
        search=("reference", "title", "cause", "event", "consequence"),
        search_label=_("Search risks"),
        default_sort="-score",
        file_columns=RISK_FILE_COLUMNS,
        empty_title=empty_title,
        empty_text=empty_text,
    )


PROGRAMME_RISKS = _register(
    "risks",
    [_RISK, *_REST],
    _("No risks on the register yet"),
    _("Begin with what could keep the programme from its shared outcome."),
)
ALL_RISKS = _register(
    "all-risks",
    [_RISK, _PROGRAMME, *_REST],
    _("You see no risk yet"),
    _("Risks of the programmes in which you or your department have a role stand here."),
)


def _in_sight(request: HttpRequest) -> RiskQuerySet:
    """A file holds every answer; the page only what its rows say."""
    risks = Risk.objects.visible_to(request.user)
    if "format" in request.GET:
        return with_bearing(risks.with_page_relations(), request.user)
    return risks.for_a_list()


# What can be done to many risks at once: each by its name in views/together.py.
TOGETHER = [
    ("reassign", _("Re-assign")),
    ("review", _("Record a review")),
    ("rescore", _("Score again")),
    ("close", _("Close")),
]


@require_safe
def programme_risks(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference)
    risks = _in_sight(request).filter(programme=programme)
    choosing = None
    here = narrowed(request)
    context |= {"heading": here.heading if here else _("Risks"), "places": places(request, programme)}
    if Permission.CONTRIBUTE in context["programme_permissions"] and not programme.is_over:
        context |= {"primary_action": _("Add a risk"), "primary_url": reverse("risks:add", args=[reference])}
        choosing = Choosing([(reverse("risks:together", args=[reference, key]), words) for key, words in TOGETHER])
    return register_page(
        request, PROGRAMME_RISKS, risks, template="risks/register.html", context=context, door=programme,
        choosing=choosing,
    )  # fmt: skip


@require_safe
def all_risks(request: HttpRequest) -> HttpResponseBase:
    here = narrowed(request)
    heading = here.heading_over_programmes if here else _("Risks in all your programmes")
    context = {"heading": heading, "places": places_over_programmes(request)}
    return register_page(request, ALL_RISKS, _in_sight(request), template="risks/over_programmes.html", context=context)
