"""The ways to look at a programme's risks, and the pages of one risk."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models import Risk
from xgov.access.roles import type_of_text
from xgov.pages.navigation import Entry


@dataclass(frozen=True)
class Narrowed:
    """The register with one filter on, as a place of its own: what it is called there, and as a page."""

    label: type_of_text
    heading: type_of_text
    heading_over_programmes: type_of_text
    query: str


# By what the filter "Show only" of risks/filters.py is set to.
NARROWED = {
    "above": Narrowed(
        _("Above appetite"), _("Risks above appetite"), _("Risks above appetite in all your programmes"), "only=above"
    ),
    "overdue": Narrowed(
        _("Overdue reviews"), _("Overdue reviews of risks"), _("Overdue reviews of risks in all your programmes"),
        "only=overdue&sort=review",
    ),
}  # fmt: skip
_PLACES = [
    ("list", _("Register")),
    ("heat-map", _("Heat map")),
    ("movers", _("Movers")),
    ("appetite", _("Appetite")),
    ("escalations", _("Escalations")),
    ("issues", _("Issues")),
    ("by-department", _("Departments")),
    ("assurance", _("Assurance")),
    ("assumptions", _("Assumptions")),
    ("dependencies", _("Dependencies")),
    ("settings", _("How it works")),
    ("spreadsheets", _("Spreadsheets")),
]
# What people look for less often: a place of these stands in the row only while somebody is there.
_UNDER_MORE = {"by-department", "assurance", "assumptions", "dependencies", "settings", "spreadsheets"}

_PAGES_OF_A_RISK = [
    ("risk", _("Risk")),
    ("treatment", _("Controls and mitigations")),
    ("links", _("Linked risks")),
    ("trail", _("Scores over time")),
]


def places(request: HttpRequest, programme: Programme) -> list[Entry]:
    links = [(key, label, reverse(f"risks:{key}", args=[programme.reference])) for key, label in _PLACES]
    entries = _entries_with_narrowed(request, links)
    return [replace(each, under_more=each.key in _UNDER_MORE and not each.current) for each in entries]


_OVER_PROGRAMMES = [
    ("all", _("Risks")),
    ("portfolio", _("By programme")),
    ("heat-map-over-programmes", _("Heat map")),
    ("gathered", _("Gathered risks")),
]


def places_over_programmes(request: HttpRequest) -> list[Entry]:
    links = [(key, label, reverse(f"risks:{key}")) for key, label in _OVER_PROGRAMMES]
    return _entries_with_narrowed(request, links)


def narrowed(request: HttpRequest) -> Narrowed | None:
    """Which of the narrowed registers the address asks for; None: the register, however else it is filtered."""
    only = request.GET.getlist("only")
    return NARROWED.get(only[0]) if len(only) == 1 else None


def _entries_with_narrowed(request: HttpRequest, links: list[tuple]) -> list[Entry]:
    """The register stands first, and behind it what it is often narrowed to."""
    register, *others = _entries(request, links)
    here = narrowed(request) if register.current else None
    beside = [
        Entry(key, each.label, f"{register.url}?{each.query}", current="page" if each is here else "")
        for key, each in NARROWED.items()
    ]
    return [replace(register, current="" if here else register.current), *beside, *others]


def pages_of(request: HttpRequest, risk: Risk) -> list[Entry]:
    address = [risk.programme.reference, risk.reference]
    return _entries(request, [(key, label, reverse(f"risks:{key}", args=address)) for key, label in _PAGES_OF_A_RISK])


def _entries(request: HttpRequest, links: list[tuple]) -> list[Entry]:
    return [Entry(key, label, url, current="page" if url == request.path else "") for key, label, url in links]
