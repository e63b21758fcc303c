"""One risk: its page, adding it, changing what is said of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.views.pages import programme_page
from risks import actions
from risks.forms import ChangeRiskForm, RiskForm
from risks.linked import marking_of
from risks.models import Risk
from risks.register_terms import terms_of
from risks.summaries import summary_of
from risks.views.beside import beside
from risks.views.escalations import where_it_stands
from risks.views.finding import risk_page, way_back
from risks.views.places import pages_of
from risks.warnings import attention_to
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.pressing import press


@require_safe
def risk(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    summary = summary_of(risk, request.user)
    context |= {
        **where_it_stands(request, risk),
        "summary": summary,
        "attention": attention_to(risk, summary),
        "pages": pages_of(request, risk),
        **marking_of(summary.ties),
        "beside": beside(request.user, risk),
        "imported": list(risk.imported_rows.select_related("brought_in", "mapping")),
    }
    return render(request, "risks/risk.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    blank = Risk(programme=programme)
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    as_draft = "another" in request.POST
    form = RiskForm(request.POST or None, instance=blank, person=request.user, as_draft=as_draft)
    if form.is_valid() and form.carry_out(
        actions.add_risk, programme, by=request.user, as_draft=as_draft, **form.answers
    ):
        added = form.result
        messages.success(request, _added_in_words(added))
        return redirect(added)
    return render(request, "risks/add.html", context | {"form": form, "scale": terms_of(programme).scale})


def _added_in_words(risk: Risk) -> str:
    if risk.is_escalated:
        return _("Risk %(reference)s is on the register, and escalated to: %(level)s.") % {
            "reference": risk.reference,
            "level": risk.get_escalated_to_display(),
        }
    if risk.status == Risk.Status.DRAFT:
        return _("Risk %(reference)s is saved as a draft. Open it when it is complete.") % {"reference": risk.reference}
    return _("Risk %(reference)s is on the register.") % {"reference": risk.reference}


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    form = ChangeRiskForm(request.POST or None, instance=risk, person=request.user)
    if form.is_valid() and form.carry_out(
        actions.change_risk, risk, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("Risk %(reference)s is changed.") % {"reference": number})
        return redirect(form.result)
    context |= {"form": form, "heading": _("Change risk"), "action": _("Save risk"), "cancel": _page_of(risk)}
    return render(request, "pages/form.html", context)


@require_POST
def open_draft(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, _context = risk_page(request, reference, number)
    press(request, actions.open_risk, risk, said=_("Risk %(reference)s is on the register.") % {"reference": number})
    return redirect(risk)


def _page_of(risk: Risk) -> str:
    return reverse("risks:risk", args=[risk.programme.reference, risk.reference])
