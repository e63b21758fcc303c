from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.views.pages import programme_page
from risks import actions, categories
from risks.forms import AppetiteForm
from risks.models import Appetite, Risk
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission


@require_safe
def appetite(request: HttpRequest, reference: str) -> HttpResponse:
    """Every category with the appetite in force, and how many open risks are above it."""
    programme, context = programme_page(request, reference)
    appetites = Appetite.objects.visible_to(request.user).filter(programme=programme).current()
    in_force = {appetite.category: appetite for appetite in appetites}
    risks = Risk.objects.visible_to(request.user).filter(programme=programme).open().by_category()
    rows = [
        {"category": category, "appetite": in_force.get(category.code), "risks": risks.get(category.code)}
        for category in categories.CATEGORIES
    ]
    context |= {"rows": rows, "places": places(request, programme)}
    return render(request, "risks/appetite.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, category: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    if category not in categories.BY_CODE:
        raise Http404
    present = Appetite.objects.visible_to(request.user).filter(programme=programme, category=category).current().first()
    rules.require(request.user, Permission.MANAGE, programme)
    form = AppetiteForm(request.POST or None, present=present)
    if form.is_valid() and form.carry_out(actions.set_appetite, programme, category, by=request.user, **form.answers):
        messages.success(request, _("From today the appetite is: %(appetite)s.") % {"appetite": form.result})
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Agree the appetite"),
        "caption": categories.BY_CODE[category].label,
        "intro": categories.BY_CODE[category].meaning,
        "action": _("Agree appetite"),
        "cancel": reverse("risks:appetite", args=[reference]),
    }
    return render(request, "risks/form.html", context)
