"""The pages that every record has, and the accessibility statement."""

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xgov.access import rules


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_GET
def record_history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    return render(request, "pages/history.html", {"record": record})


@require_GET
def who(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Who can see a record, and by which row."""
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    return render(request, "pages/who.html", {"record": record, "rows": rules.why(None, record)})


def _model(label: str) -> type[Model]:
    """The governed model of this name, or 404."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    if not getattr(model, "governed", False):
        raise Http404
    return model
