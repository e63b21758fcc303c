from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.views.pages import programme_page
from xgov.access.permissions import Permission
from xgov.pages.history import door_history, export_response, kinds_behind


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Every change behind the programme, newest first; as a file for those who audit it."""
    programme, context = programme_page(request, reference)
    kinds, kind = kinds_behind(programme), request.GET.get("kind", "")
    kind = kind if kind in dict(kinds) else ""
    if request.GET.get("format") == "csv":
        return export_response(request, programme, kind)
    context |= {
        "history": door_history(programme, request.user, before=request.GET.get("before", ""), kind=kind),
        "kinds": kinds,
        "kind": kind,
        "may_export": Permission.AUDIT in context["programme_permissions"],
    }
    if context["history"].has_sensitive:
        context["page_marking"] = "OFFICIAL_SENSITIVE"
    return render(request, "programmes/history.html", context)
