"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from xgov.pages.forms.slips import slip_for
from xgov.pages.navigation import Entry, service_pages


def page_frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "form_slip": SimpleLazyObject(lambda: slip_for(request)),
        "environment_bar": bool(getattr(settings, "XGOV_DEMO", False)),
    }


def _navigation(request: HttpRequest) -> list[Entry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return service_pages.entries(user, request.path)
