from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.actions import (
    accept_invitation,
    change_contribution,
    decline_invitation,
    invite_department,
    withdraw_department,
)
from programmes.actions.parties import may_change_contribution, may_withdraw
from programmes.forms import AcceptForm, ContributionForm, InvitationForm, ReasonForm
from programmes.leaving import end_of_day, left_on, sight_after_leaving
from programmes.models import Party, Programme
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check
from xgov.pages.history import kept_until


def _find(request: HttpRequest, reference: str, slug: str) -> tuple[Party, dict[str, Any]]:
    """The department's place in the programme, with the programme's frame for those who see the programme.

    People of an invited department see their invitation and nothing of the programme but its name and outcome.
    """
    parties = Party.objects.select_related("programme", "department", "invited_by", "answered_by")
    party = rules.find(parties, request.user, programme__reference=reference, department__slug=slug)
    try:
        _programme, context = programme_page(request, reference, active="people")
    except Http404:
        context = {"frame": "programmes/invitation_base.html", "page_marking": party.programme.marking}
    return party, context | {"party": party, "inside": "programme" in context}


@require_safe
def party(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    party, context = _find(request, reference, slug)
    runs_department = rules.can(request.user, Permission.MANAGE, party.department)
    context |= {
        "record": party,
        "may_answer": party.status == Party.Status.INVITED and runs_department,
        "may_withdraw": party.role != Party.Role.LEAD
        and party.status in {Party.Status.INVITED, Party.Status.ACCEPTED}
        and may_withdraw(party, request.user),
        "may_change": may_change_contribution(party, request.user),
        "people": _people_of(party) if context["inside"] else [],
        "kept_something": Permission.VIEW in sight_after_leaving(party, request.user),
    }
    return render(request, "programmes/party.html", context)


@require_safe
def kept(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """What a department that left had kept, as it stood on the day it left; later changes are not shown to it."""
    party, context = _find(request, reference, slug)
    sight = sight_after_leaving(party, request.user)
    if Permission.VIEW not in sight:
        raise Http404
    context["left_on"] = day = left_on(party)
    context["kinds"] = kept_until(
        party.programme, party.department, end_of_day(day), request.user,
        sensitive_too=Permission.VIEW_SENSITIVE in sight,
    )  # fmt: skip
    return render(request, "programmes/kept.html", context)


def _people_of(party: Party) -> list[Any]:
    return list(party.programme.appointments.current().filter(department=party.department).select_related("person"))


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    party, context = _find(request, reference, slug)
    _require_answering(request, party)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    check = Check(request, form, party, on_a_page=False)  # what is accepted is the invitation that was read
    if form.is_valid() and check.carry_out(accept_invitation, party, by=request.user, **form.answers):
        words = _("%(department)s has joined %(programme)s. Its people can see the programme now.")
        messages.success(request, words % {"department": party.department.short_name, "programme": party.programme})
        return redirect(party.programme)
    return render(request, "programmes/accept.html", context | {"form": form})


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    party, context = _find(request, reference, slug)
    _require_answering(request, party)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(decline_invitation, party, by=request.user, **form.answers):
        messages.success(request, _("Invitation declined. The lead department sees your reason."))
        return redirect(party)
    context |= {
        "form": form,
        "heading": _("Decline for %(department)s") % {"department": party.department},
        "caption": party.programme.name,
        "intro": _("The lead department sees your reason. It can invite your department again."),
        "action": _("Decline invitation"),
        "cancel": party.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


def _require_answering(request: HttpRequest, party: Party) -> None:
    if not rules.can(request.user, Permission.MANAGE, party.department):
        words = _("A programme manager of %(department)s answers this invitation. You do not hold that role.")
        raise PermissionDenied(words % {"department": party.department})


@require_http_methods(["GET", "POST"])
def contribution(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """What a department, the lead too, does in the programme: what its memorandum says of it."""
    party, context = _find(request, reference, slug)
    rules.require(request.user, Permission.CONTRIBUTE, party)
    form = ContributionForm(request.POST or None, instance=party)
    if form.is_valid() and form.carry_out(
        change_contribution, party, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        words = _("What %(department)s does in the programme is saved.")
        messages.success(request, words % {"department": party.department.short_name})
        return redirect("programmes:people", party.programme.reference)
    context |= {
        "form": form,
        "heading": _("What %(department)s does in the programme") % {"department": party.department.short_name},
        "intro": _(
            "A memorandum that is drafted or filled in from now on says it in these words. A text that is out for "
            "signature, or signed, stays as it is."
        ),
        "action": _("Save"),
        "cancel": reverse("programmes:people", args=[party.programme.reference]),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    party, context = _find(request, reference, slug)
    if not may_withdraw(party, request.user):
        raise PermissionDenied(_("Only the department itself, or those who run the programme, can do this."))
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(withdraw_department, party, by=request.user, **form.answers):
        messages.success(request, _("%(department)s has left the programme.") % {"department": party.department})
        return redirect(party)
    is_invited = party.status == Party.Status.INVITED
    context |= {
        "form": form,
        "heading": _("%(department)s leaves the programme") % {"department": party.department},
        "caption": party.programme.name,
        "intro": _(
            "From today its people no longer see the programme by their role in the department. Appointments that act "
            "for it end, and so do the seats of its people on the programme’s boards, unless they have another part in "
            "the programme. What was recorded stays."
        ),
        "action": _("Take invitation back") if is_invited else _("Withdraw department"),
        "danger": True,
        "cancel": party.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="people")
    rules.require(request.user, Permission.MANAGE, programme)
    form = InvitationForm(request.POST or None, programme=Programme.objects.get(pk=programme.pk))
    check, back = Check(request, form, *programme.parties.all()), afterwards(request, programme, "people")
    if form.is_valid() and check.carry_out(invite_department, programme, by=request.user, **form.answers):
        words = _("%(department)s is invited. Its programme managers can accept.")
        messages.success(request, words % {"department": form.result.department})
        return redirect(request.get_full_path() if "another" in request.POST else back)
    context |= {"form": form, "check": check, "cancel": back}
    if not check.is_due:
        context |= {
            "heading": _("Invite a department"),
            "intro": _(
                "It sees the name of the programme, its outcome and what you say here, and nothing else until one of "
                "its programme managers accepts."
            ),
            "action": _("Continue"),
            "another": _("Continue, and invite another afterwards"),
        }
        return render(request, "pages/form.html", context)
    told = {"department": form.cleaned_data["department"], "programme": programme}
    context |= {
        "heading": _("Check the invitation"),
        "action": _("Invite department"),
        "consequences": [
            _("%(department)s sees the name of %(programme)s, its outcome and what you say here.") % told,
            _("Once one of its programme managers accepts, its people see the programme and keep its records there."),
            _("You can take the invitation back until then."),
        ],
    }
    return render(request, "pages/check.html", context)
