"""The ways to look at a programme's risks."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.pages.navigation import Entry

_PLACES = [
    ("list", _("Register")),
    ("heat-map", _("Heat map")),
    ("appetite", _("Appetite")),
    ("escalations", _("Escalations")),
    ("settings", _("How it works")),
]


def places(request: HttpRequest, programme: Programme) -> list[Entry]:
    links = [(key, label, reverse(f"risks:{key}", args=[programme.reference])) for key, label in _PLACES]
    return [Entry(key, label, url, current="page" if url == request.path else "") for key, label, url in links]
