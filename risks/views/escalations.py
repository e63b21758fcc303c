"""Escalations: on the page of their risk, in a list of the programme, and what those who hold a level do about them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.views.pages import programme_page
from risks import actions
from risks.actions.escalations import may
from risks.escalation import states
from risks.escalation.limits import concerning, points_above, strictest_of
from risks.escalation.states import Verb
from risks.escalation.triggers import is_kept_from
from risks.filters import EscalationFilters
from risks.forms import EscalateForm, ReasonForm, RespondForm
from risks.level_holders import people_at
from risks.models import Escalation, Risk
from risks.views.finding import risk_page, way_back
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.pressing import press
from xgov.pages.registers import Column, Register, register_page

ESCALATIONS = Register(
    key="escalations",
    columns=[
        Column("risk", gettext_lazy("Risk"), value="risk", link=True, sort=("risk__reference",)),
        Column("to_level", gettext_lazy("To"), value="get_to_level_display", sort=("to_level",)),
        Column("trigger", gettext_lazy("Because of"), value="get_trigger_display", sort=("trigger",)),
        Column("raised_at", gettext_lazy("Escalated"), sort=("raised_at",)),
        Column(
            "response_due", gettext_lazy("Answer due"), sort=("response_due",), template="risks/cells/answer_due.html"
        ),
        Column("state", gettext_lazy("State"), sort=("state",), template="risks/cells/escalation_state.html"),
    ],
    filterset=EscalationFilters,
    search=("risk__reference", "risk__title", "reason", "ask", "response"),
    search_label=gettext_lazy("Search escalations"),
    default_sort="-raised_at",
    file_columns=[
        Column("programme", gettext_lazy("Programme"), value="programme.reference"),
        Column("risk", gettext_lazy("Risk"), value="risk.reference"),
        Column("title", gettext_lazy("Title"), value="risk.title"),
        Column("from_level", gettext_lazy("From"), value="get_from_level_display"),
        Column("to_level", gettext_lazy("To"), value="get_to_level_display"),
        Column("trigger", gettext_lazy("Because of"), value="get_trigger_display"),
        Column("reason", gettext_lazy("Reason")),
        Column("ask", gettext_lazy("What is asked")),
        Column("raised_at", gettext_lazy("Escalated at")),
        Column("raised_by", gettext_lazy("Escalated by"), value=lambda each: each.raised_by or _("By itself")),
        Column("response_due", gettext_lazy("Answer due")),
        Column("state", gettext_lazy("State"), value="get_state_display"),
        Column("response", gettext_lazy("Answer")),
        Column("answered_at", gettext_lazy("Answered at")),
        Column("answered_by", gettext_lazy("Answered by"), value="answered_by"),
        Column("answered_before", gettext_lazy("Answered before")),
        Column("ended_at", gettext_lazy("Ended at")),
        Column("outcome", gettext_lazy("What came of it")),
    ],
    empty_title=gettext_lazy("Nothing has been escalated"),
    empty_text=gettext_lazy("A risk comes here by itself once its residual score is above what is tolerated."),
)


@require_safe
def escalations(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="risks")
    found = Escalation.objects.visible_to(request.user).filter(programme=programme).with_page_relations()
    context |= {"heading": _("Escalations"), "places": places(request, programme)}
    return register_page(request, ESCALATIONS, found, template="risks/register.html", context=context, door=programme)


def where_it_stands(request: HttpRequest, risk: Risk) -> dict[str, Any]:
    """What a risk’s page says of its limits and its escalations."""
    found = list(Escalation.objects.filter(risk=risk).with_page_relations())
    for each in found:
        each.risk, each.programme = risk, risk.programme
        each.verbs = _verbs(request, each)
        each.holders = people_at(each.to_level, risk) if each.is_live else []
        each.is_kept_from_level = is_kept_from(each.to_level, risk)
    limits = concerning(risk)
    return {
        "limits": limits,
        "strictest": strictest_of(limits),
        "points_above": points_above(risk),
        "escalations": [each for each in found if each.is_live],
        "not_accepted_above": [each for each in found if each.is_live and each.waits_above_the_acceptance],
        "past_escalations": [each for each in found if not each.is_live],
        "may_escalate": risk.is_open and not risk.programme.is_over,
    }


def _verbs(request: HttpRequest, escalation: Escalation) -> set[str]:
    if not escalation.is_live or escalation.programme.is_over:
        return set()
    asked = (Verb.ACKNOWLEDGE, Verb.RESPOND, Verb.RETURN, Verb.CLOSE)
    return {str(verb) for verb in asked if states.can(escalation, verb) and may(request.user, verb, escalation)}


@require_http_methods(["GET", "POST"])
def escalate(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    risk, context = risk_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, risk)
    if back := way_back(request, risk):
        return back
    form = EscalateForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.escalate, risk, by=request.user, **form.answers):
        level = form.result.get_to_level_display()
        messages.success(request, _("Risk %(risk)s is escalated to: %(level)s.") % {"risk": number, "level": level})
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Escalate risk"),
        "action": _("Escalate risk"),
        "intro": _("Those who hold the level are told at once. The owner stays the owner."),
    }
    return render(request, "pages/form.html", context)


@require_POST
def acknowledge(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    escalation, _context = _escalation_page(request, reference, number, pk, Verb.ACKNOWLEDGE)
    press(request, actions.acknowledge, escalation, said=_("You have acknowledged it. The answer is still due."))
    return redirect(escalation)


@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    escalation, context = _escalation_page(request, reference, number, pk, Verb.RESPOND)
    form = RespondForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.respond, escalation, by=request.user, **form.answers):
        messages.success(request, _("Your answer is recorded, and those who deal with the risk are told."))
        return redirect(form.result)
    context |= {"form": form, "heading": _("Answer"), "action": _("Send answer"), "intro": escalation.ask}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def return_it(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    escalation, context = _escalation_page(request, reference, number, pk, Verb.RETURN)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.return_escalation, escalation, by=request.user, **form.answers):
        messages.success(request, _("The risk is returned to those who deal with it."))
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Return escalation"),
        "action": _("Return escalation"),
        "intro": _("Those below deal with it. It comes back by itself if the score rises, or after 30 days.")
        + " "
        + _("Something else that calls for this level, and does not today, brings it back too."),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str, number: str, pk: int) -> HttpResponse:
    escalation, context = _escalation_page(request, reference, number, pk, Verb.CLOSE)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.close_escalation, escalation, by=request.user, **form.answers):
        messages.success(request, _("The escalation is closed. The risk stays open."))
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Close escalation"),
        "action": _("Close escalation"),
        "intro": _("Nothing is asked of that level any more. The risk itself stays open."),
        "danger": True,
    }
    return render(request, "pages/form.html", context)


def _escalation_page(
    request: HttpRequest, reference: str, number: str, pk: int, verb: Verb
) -> tuple[Escalation, dict[str, Any]]:
    """The escalation, for those who may see it; 403 for those who see it and may not do this."""
    risk, context = risk_page(request, reference, number)
    escalation = rules.find(Escalation.objects.filter(risk=risk), request.user, pk=pk)
    escalation.risk, escalation.programme = risk, risk.programme
    if not may(request.user, verb, escalation):
        level = escalation.get_to_level_display()
        raise PermissionDenied(_("This waits for: %(level)s. You do not hold that level.") % {"level": level})
    return escalation, {**context, "cancel": escalation.get_absolute_url()}
