"""The ways to look at a programme's risks, and the pages of one risk."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models import Risk
from xgov.pages.navigation import Entry

_PLACES = [
    ("list", _("Register")),
    ("heat-map", _("Heat map")),
    ("movers", _("Movers")),
    ("by-department", _("Departments")),
    ("assurance", _("Assurance")),
    ("appetite", _("Appetite")),
    ("escalations", _("Escalations")),
    ("issues", _("Issues")),
    ("assumptions", _("Assumptions")),
    ("dependencies", _("Dependencies")),
    ("settings", _("How it works")),
    ("spreadsheets", _("Spreadsheets")),
]

_PAGES_OF_A_RISK = [
    ("risk", _("Risk")),
    ("treatment", _("Controls and mitigations")),
    ("links", _("Linked risks")),
    ("trail", _("Scores over time")),
]


def places(request: HttpRequest, programme: Programme) -> list[Entry]:
    links = [(key, label, reverse(f"risks:{key}", args=[programme.reference])) for key, label in _PLACES]
    return _entries(request, links)


_OVER_PROGRAMMES = [
    ("all", _("Risks")),
    ("portfolio", _("By programme")),
    ("gathered", _("Gathered risks")),
]


def places_over_programmes(request: HttpRequest) -> list[Entry]:
    return _entries(request, [(key, label, reverse(f"risks:{key}")) for key, label in _OVER_PROGRAMMES])


def pages_of(request: HttpRequest, risk: Risk) -> list[Entry]:
    address = [risk.programme.reference, risk.reference]
    return _entries(request, [(key, label, reverse(f"risks:{key}", args=address)) for key, label in _PAGES_OF_A_RISK])


def _entries(request: HttpRequest, links: list[tuple]) -> list[Entry]:
    return [Entry(key, label, url, current="page" if url == request.path else "") for key, label, url in links]
