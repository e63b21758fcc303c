"""The pages that every record has, and the accessibility statement."""

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xgov.access import rules
from xgov.access.doors import at_path, door_of, is_sensitive
from xgov.access.explaining import why
from xgov.access.roles import ROLES
from xgov.pages.history import record_history as read_history


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_GET
def record_history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    page = read_history(record, request.user, before=request.GET.get("before", ""))
    return render(request, "pages/history.html", {"record": record, "history": page, "door": door_of(record)})


@require_GET
def who(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Who can see a record, and by which row."""
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    path = getattr(record, "keeper", None)
    context = {
        "record": record,
        "door": door_of(record),
        "keeper": at_path(record, path) if path else None,
        "sensitive_record": is_sensitive(record),
        "sights": why(record),
        "roles": ROLES.values(),
    }
    return render(request, "pages/who.html", context)


def _model(label: str) -> type[Model]:
    """The governed model of this name, or 404."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    if not getattr(model, "governed", False):
        raise Http404
    return model
