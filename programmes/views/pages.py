"""What every page inside a programme begins with."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from programmes.models import Programme
from programmes.tags import confidence_tag, status_tag
from xgov.access import rules
from xgov.pages.navigation import programme_pages


def programme_page(request: HttpRequest, reference: str, active: str = "") -> tuple[Programme, dict[str, Any]]:
    """The programme, or 404 for those who may not see it; and what programmes/programme_base.html needs.

    The navigation finds the present page by its address; `active` names another page's key to show as the current one.
    `programme_permissions` is what the person may do in the programme at large; ask
    `rules.permissions_on` for a record.
    """
    programme = rules.find(Programme.objects.with_parties().with_confidence(), request.user, reference=reference)
    permissions = rules.permissions_on(request.user, programme)
    entries = programme_pages.entries(programme.reference, permissions, _place(programme, active) or request.path)
    return programme, {
        "frame": "programmes/programme_base.html",
        "programme": programme,
        "programme_lead": programme.lead,
        "programme_tags": [status_tag(programme), confidence_tag(programme)],
        "programme_permissions": permissions,
        "programme_navigation": entries,
    }


def _place(programme: Programme, active: str) -> str:
    page = programme_pages.pages.get(active)
    return reverse(page.url_name, kwargs={"reference": programme.reference}) if page else ""


def afterwards(request: HttpRequest, programme: Programme, page: str) -> str:
    """Where a form leads when it is done: back to the task list, if the person came from there."""
    name = "set-up" if request.GET.get("from") == "set-up" else page
    return reverse(f"programmes:{name}", args=[programme.reference])
