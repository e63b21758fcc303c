"""The risks that one risk is tied to."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from risks import actions
from risks.forms import LinkForm, ReasonForm
from risks.linked import marking_of, ties_of
from risks.models import Risk, RiskLink
from risks.views.finding import risk_page, way_back
from risks.views.places import pages_of
from xgov.access import rules
from xgov.access.permissions import Permission


@require_safe
def links(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    ties = ties_of(risk, request.user)
    context |= {"ties": ties, "pages": pages_of(request, risk), **marking_of(ties)}
    return render(request, "risks/links.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    form = LinkForm(request.POST or None, risk=risk, person=request.user)
    if form.is_valid() and form.carry_out(_link, by=request.user, **form.answers):
        messages.success(request, _("The two risks are linked."))
        return redirect(_links_of(risk))
    context |= {
        "form": form,
        "heading": _("Link to another risk"),
        "action": _("Link risks"),
        "cancel": _links_of(risk),
    }
    return render(request, "pages/form.html", context)


def _link(*, risk: Risk, other: Risk, **more: Any) -> RiskLink:
    return actions.link_risks(risk, other, **more)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    risk, link, context = _link_page(request, reference, number, pk)
    if not rules.can(request.user, Permission.CONTRIBUTE, link.risk):
        rules.require(request.user, Permission.CONTRIBUTE, link.other)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.unlink_risks, link, by=request.user, **form.answers):
        messages.success(request, _("The two risks are no longer linked."))
        return redirect(_links_of(risk))
    context |= {"form": form, "heading": _("End link"), "action": _("End link"), "danger": True}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    """The keeper of the part agrees that it counts in the risk above, or takes that back."""
    risk, link, context = _link_page(request, reference, number, pk)
    rules.require(request.user, Permission.CONTRIBUTE, link)
    if not link.is_shared_upwards and (back := way_back(request, link.risk)):
        return back
    form = ReasonForm(request.POST or None)
    verb = actions.keep_from_above if link.is_shared_upwards else actions.share_upwards
    if form.is_valid() and form.carry_out(verb, link, by=request.user, **form.answers):
        messages.success(request, _in_words(form.result))
        return redirect(_links_of(risk))
    heading = _("Stop sharing upwards") if link.is_shared_upwards else _("Share upwards")
    intro = _("Its score then counts in %(above)s, also for people who do not see this risk.") % {"above": link.other}
    if link.is_shared_upwards:
        intro = _("Its score then no longer counts in %(above)s.") % {"above": link.other}
    context |= {"form": form, "heading": heading, "action": heading, "intro": intro}
    return render(request, "pages/form.html", context)


def _in_words(link: RiskLink) -> str:
    said = {"part": link.risk.reference, "above": link.other.reference}
    if link.is_shared_upwards:
        return _("Risk %(part)s now counts in %(above)s.") % said
    return _("Risk %(part)s no longer counts in %(above)s.") % said


def _link_page(request: HttpRequest, reference: str, number: str, pk: int) -> tuple[Risk, RiskLink, dict[str, Any]]:
    risk, context = risk_page(request, reference, number)
    of_the_risk = RiskLink.objects.current().filter(Q(risk=risk) | Q(other=risk))
    link = rules.find(of_the_risk.select_related("risk__kept_by", "other__programme"), request.user, pk=pk)
    return risk, link, {**context, "intro": str(link), "cancel": _links_of(risk)}


def _links_of(risk: Risk) -> str:
    return reverse("risks:links", args=[risk.programme.reference, risk.reference])
