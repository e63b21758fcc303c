from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from governance.actions import decisions as actions
from governance.actions.positions import (
    departments_to_speak_for,
    record_position,
    require_voice,
    speaks_as_its_own,
)
from governance.decision_lists import DECISIONS
from governance.forms.agreements import ReasonForm
from governance.forms.decisions import MakeForm, PositionForm, ProposalForm, option_forms
from governance.models import Decision, DecisionPosition
from governance.preparing import boards_prepared_for, may_prepare, require_preparing
from programmes.leaving import end_of_day
from programmes.models import Programme
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check
from xgov.pages.registers import register_page

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def decision_list(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference)
    decisions = Decision.objects.visible_to(request.user).filter(programme=programme)
    if "format" in request.GET:
        decisions = decisions.prefetch_related("options")  # which a file tells and the page does not
    may_propose = bool(
        Permission.MANAGE in context["programme_permissions"] or boards_prepared_for(request.user, programme)
    )
    context |= {
        "heading": _("Decision log"),
        "intro": _(
            "What was decided, why and by whom. A decision that has been made is never edited: it is superseded."
        ),
        "primary_action": _("Propose a decision") if may_propose else "",
        "primary_url": reverse("governance:propose-decision", args=[reference]) if may_propose else "",
    }
    template = "programmes/programme_register.html"
    return register_page(request, DECISIONS, decisions, template=template, context=context, door=programme)


def decision_page(request: HttpRequest, reference: str, number: str) -> tuple[Decision, dict[str, Any]]:
    """The decision, or 404 for those who may not see it; and what the page around it needs.

    Who sees it from a seat on its board, and not the programme, sees it without the programme's frame.
    """
    decision = rules.find(
        Decision.objects.with_parts(), request.user, programme__reference=reference, reference=number
    )  # fmt: skip
    try:
        _programme, context = programme_page(request, reference, active="decisions")
    except Http404:
        context = {"frame": "governance/decisions/board_frame.html"}
    permissions = rules.permissions_on(request.user, decision)
    return decision, {
        **context,
        "record": decision,
        "decision": decision,
        "permissions": permissions,
        "may_prepare": may_prepare(request.user, decision),
    }


@require_GET
def decision(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    decision, context = decision_page(request, reference, number)
    seen = Decision.objects.visible_to(request.user)
    others = [position.department_id for position in decision.positions_in_order]
    context |= {
        "older": seen.filter(pk=decision.supersedes_id).first(),
        "newer": seen.filter(supersedes=decision).exclude(status=Decision.Status.WITHDRAWN).first(),
        "speaks_for": departments_to_speak_for(request.user, decision),
        "silent": _silent(decision, others),
        "page_marking": decision.marking,
    }
    return render(request, "governance/decisions/decision.html", context)


def _silent(decision: Decision, spoken_for: list[int]) -> list[str]:
    """Departments of which nothing is recorded: of those in the programme now, or when it was decided."""
    parties = decision.programme.parties
    present = parties.in_at(_when_decided(decision)) if decision.was_made else parties.accepted()
    parties = present.exclude(department__in=spoken_for).select_related("department")
    return sorted((party.department.short_name for party in parties), key=str.casefold)


def _when_decided(decision: Decision) -> datetime:
    """The moment at which it was recorded, or the end of the day on which it was taken if that is earlier."""
    return min(decision.made_at, end_of_day(decision.decided_on))


@form_methods
def propose_decision(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="decisions")
    return _propose(request, programme, context)


@form_methods
def supersede_decision(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """A new proposal that begins where the decision stood."""
    decision, context = decision_page(request, reference, number)
    require_preparing(request.user, decision)
    if decision.status != Decision.Status.MADE:
        messages.info(request, _("Only a decision that stands can be superseded."))
        return redirect(decision)
    return _propose(request, decision.programme, context, supersedes=decision)


def _propose(
    request: HttpRequest, programme: Programme, context: dict[str, Any], supersedes: Decision | None = None
) -> HttpResponse:
    boards = boards_prepared_for(request.user, programme)
    if not boards:
        rules.require(request.user, Permission.MANAGE, programme)
    blank = Decision(programme=programme)
    blank.board = next((board for board in boards if board.slug == request.GET.get("board")), None)
    if supersedes is not None:
        blank.question, blank.board, blank.marking = supersedes.question, supersedes.board, supersedes.marking
    form = ProposalForm(request.POST or None, instance=blank, by=request.user, boards=boards)
    options = option_forms(request.POST or None)
    if form.is_valid() and options.is_valid() and form.carry_out(
        actions.propose_decision, programme, by=request.user, options=options.offered, supersedes=supersedes,
        **form.answers,
    ):  # fmt: skip
        return _proposed(request, form.result)
    context |= {"form": form, "options": options, "supersedes": supersedes, "is_new": True}
    return render(request, "governance/decisions/proposal.html", context)


def _proposed(request: HttpRequest, decision: Decision) -> HttpResponse:
    if "another" in request.POST:
        return redirect("governance:change-decision", decision.programme.reference, decision.reference)
    words = _("%(reference)s is proposed. Departments can say where they stand.")
    messages.success(request, words % {"reference": decision.reference})
    return redirect(decision)


@form_methods
def change_decision(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    decision, context = decision_page(request, reference, number)
    require_preparing(request.user, decision)
    if not decision.is_proposed:
        messages.warning(request, _("This decision is no longer open, so nothing in it is edited."))
        return redirect(decision)
    boards = boards_prepared_for(request.user, decision.programme)
    form = ProposalForm(request.POST or None, instance=decision, by=request.user, boards=boards)
    options = option_forms(request.POST or None, decision.options_offered)
    if form.is_valid() and options.is_valid() and form.carry_out(
        actions.change_proposal, decision, by=request.user, options=options.offered, seen_version=form.seen_version,
        **form.answers,
    ):  # fmt: skip
        if "another" in request.POST:
            return redirect("governance:change-decision", reference, number)
        messages.success(request, _("%(reference)s is changed.") % {"reference": number})
        return redirect(decision)
    return render(request, "governance/decisions/proposal.html", context | {"form": form, "options": options})


@form_methods
def make_decision(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    decision, context = decision_page(request, reference, number)
    rules.require(request.user, Permission.DECIDE, decision)
    if not decision.is_proposed:
        messages.info(request, _("This decision has been made, or withdrawn, already."))
        return redirect(decision)
    form = MakeForm(request.POST or None, decision=decision)
    check = Check(request, form, decision, *decision.options_offered, *decision.positions_in_order)
    if form.is_valid() and check.carry_out(
        actions.make_decision, decision, by=request.user, seen_version=decision.lock_version, **form.answers
    ):
        messages.success(request, _("%(reference)s is made and stands in the decision log.") % {"reference": number})
        return redirect(decision)
    context |= {
        "form": form,
        "check": check,
        "heading": _("Check the decision before you make it"),
        "caption": str(decision),
        "action": _("Make decision"),
        "cancel": decision.get_absolute_url(),
        "consequences": _what_making_means(request, decision),
    }
    template = "governance/decisions/check.html" if check.is_due else "governance/decisions/make.html"
    return render(request, template, context)


def _what_making_means(request: HttpRequest, decision: Decision) -> list[str]:
    words = [
        _("It stands in the decision log in these words, with your name, for everyone who may see it."),
        _("Nothing in it can be edited afterwards. A new decision can take its place."),
        _("Positions of departments stay as they are now."),
    ]
    if older := Decision.objects.visible_to(request.user).filter(pk=decision.supersedes_id).first():
        words.append(_("%(decision)s is superseded the same moment.") % {"decision": older})
    return words


@form_methods
def withdraw_decision(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    decision, context = decision_page(request, reference, number)
    require_preparing(request.user, decision)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.withdraw_proposal, decision, by=request.user, **form.answers):
        messages.success(request, _("%(reference)s is withdrawn.") % {"reference": number})
        return redirect(decision)
    context |= {
        "form": form,
        "heading": _("Withdraw this proposal"),
        "caption": str(decision),
        "intro": _("It need no longer be decided. It stays in the log with your reason."),
        "action": _("Withdraw proposal"),
        "danger": True,
        "cancel": decision.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@form_methods
def position(request: HttpRequest, reference: str, number: str, department: str) -> HttpResponse:
    decision, context = decision_page(request, reference, number)
    place = _place_of(decision, department)
    if not decision.is_proposed:
        messages.info(request, _("This decision is no longer open: positions on it stay as they were."))
        return redirect(decision)
    require_voice(decision, place.department, by=request.user)
    initial = {"stance": place.stance, "words": place.words}
    is_its_own = speaks_as_its_own(request.user, decision, place.department)
    form = PositionForm(request.POST or None, initial=initial, is_its_own=is_its_own)
    if form.is_valid() and form.carry_out(record_position, decision, place.department, by=request.user, **form.answers):
        messages.success(request, _("The position of %(department)s is recorded.") % {"department": place.department})
        return redirect(decision)
    context |= {
        "form": form,
        "heading": _("Position of %(department)s") % {"department": place.department},
        "caption": str(decision),
        "intro": _what_recording_means(request, place, is_its_own),
        "action": _("Record position"),
        "cancel": decision.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


def _what_recording_means(request: HttpRequest, place: DecisionPosition, is_its_own: bool) -> str:
    if is_its_own:
        return _("It can be changed until the decision is made. Then it stays as it was.")
    words = _("It is shown as noted by you, of %(yours)s. The people of %(department)s can replace it at any time.")
    return words % {"yours": request.user.home_department.short_name, "department": place.department}


def _place_of(decision: Decision, slug: str) -> DecisionPosition:
    """The position of that department, or the blank that it would fill."""
    party = decision.programme.parties.accepted().select_related("department").filter(department__slug=slug).first()
    if party is None:
        raise Http404
    said = (position for position in decision.positions_in_order if position.department_id == party.department_id)
    blank = DecisionPosition(decision=decision, programme=decision.programme, department=party.department)
    return next(said, blank)
