"""The pages that every record and every list has, search, and the accessibility statement."""

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xgov.access import rules
from xgov.access.doors import at_path, door_of
from xgov.access.explaining import told_of_everybody, why
from xgov.access.roles import ROLES
from xgov.pages import saved_filters as saving
from xgov.pages.about import seen_by
from xgov.pages.forms.saving import SaveFilterForm
from xgov.pages.history import record_history as read_history
from xgov.pages.models import SavedFilter
from xgov.pages.search import LONGEST, SHORTEST, Search


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Whatever of all floors the person may see and asks for."""
    found = Search(request.user, request.GET.get("q", ""))
    context = {"search": found, "shortest": SHORTEST, "longest": LONGEST}
    if found.has_sensitive:
        context["page_marking"] = "OFFICIAL_SENSITIVE"
    return render(request, "pages/search.html", context)


@require_GET
def record_history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    if not (record.windows_show_history or told_of_everybody(record, request.user)):
        raise Http404
    page = read_history(record, request.user, before=request.GET.get("before", ""))
    return render(request, "pages/history.html", {"record": record, "history": page, "door": door_of(record)})


@require_GET
def who(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Who can see a record, and by which row."""
    record = rules.find(_model(label)._default_manager.all(), request.user, pk=pk)
    path = getattr(record, "keeper", None)
    context = {
        "record": record,
        "keeper": at_path(record, path) if path else None,
        "seen_by": seen_by(record),
        "sights": why(record, request.user),
        "told_of_everybody": told_of_everybody(record, request.user),
        "roles": ROLES.values(),
    }
    return render(request, "pages/who.html", context)


@require_GET
def saved_filters(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/saved_filters.html", {"saved": SavedFilter.objects.of_person(request.user)})


@require_http_methods(["GET", "POST"])
def save_filter(request: HttpRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid() and form.carry_out(saving.save_filter, request.user, **form.answers):
        messages.success(request, _("These filters are saved as “%(name)s”.") % {"name": form.result.name})
        return redirect(form.result)
    words = {"heading": _("Save these filters"), "caption": form["list"].value(), "action": _("Save filters")}
    context = {**words, "form": form, "cancel": saving.list_at(form["address"].value())}
    return render(request, "pages/form.html", context)


@require_POST
def remove_filter(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.of_person(request.user), pk=pk)
    messages.success(request, _("“%(name)s” is removed. The list itself is as it was.") % {"name": saved.name})
    saved.delete()
    return redirect("pages:saved-filters")


def _model(label: str) -> type[Model]:
    """The governed model of this name, or 404."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    if not getattr(model, "governed", False):
        raise Http404
    return model
