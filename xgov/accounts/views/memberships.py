"""Giving and ending roles in a department."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xgov.access import rules
from xgov.access.roles import ROLES
from xgov.accounts import actions
from xgov.accounts.forms import EndRoleForm, GiveRoleForm
from xgov.accounts.models import Department, Membership, User
from xgov.accounts.role_words import allowances
from xgov.accounts.views.people import department_of
from xgov.pages.forms import Check
from xgov.pages.values import day


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    department, context = department_of(request, slug, to_administer=True)
    form = GiveRoleForm(
        department, request.user, request.POST or None,
        initial={"person": request.GET.get("person", ""), "role": request.GET.get("role", "")},
    )  # fmt: skip
    valid = form.is_valid()
    held = _held_here(form.answers["person"], department) if valid else []
    check = Check(request, form, *held, follows_answers=True)
    if valid and check.carry_out(actions.give_role, department, by=request.user, **form.answers):
        messages.success(request, _given(form.result))
        return redirect("accounts:department-people", slug)
    context |= {"form": form, "check": check}
    if not check.is_due:
        return render(request, "accounts/role_give.html", context)
    context |= {
        "heading": _("Check before the role is given"),
        "caption": department,
        "action": _("Give role"),
        "cancel": reverse("accounts:department-people", args=[slug]),
        "consequences": _what_giving_means(form.answers, held),
    }
    return render(request, "pages/check.html", context)


def _held_here(person: User, department: Department) -> list[Membership]:
    return list(person.memberships.current().filter(department=department).order_by("pk"))


def _what_giving_means(answers: dict[str, Any], held: list[Membership]) -> list[str]:
    """Who may do what from when on, and what they may do already."""
    told = {"person": answers["person"], "since": day(answers["since"])}
    words = _("%(person)s may do this from %(since)s on.")
    if answers["until"]:
        words = _("%(person)s may do this from %(since)s until the end of the day before %(until)s.")
        told["until"] = day(answers["until"])
    sentences = [words % told, *map(str, allowances(ROLES[answers["role"]]))]
    if held:
        told["roles"] = ", ".join(str(membership.get_role_display()) for membership in held)
        sentences.append(_("%(person)s keeps what they hold here already: %(roles)s.") % told)
    return sentences


def _given(membership: Membership) -> str:
    said = {"person": membership.person, "role": membership.get_role_display(), "day": day(membership.since)}
    if not membership.has_begun:
        return _("%(person)s gets the role %(role)s on %(day)s. Until then it can be cancelled on their page.") % said
    return _("%(person)s now has the role %(role)s.") % said


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    department, context = department_of(request, slug, to_administer=True)
    memberships = Membership.objects.filter(department=department).select_related("person", "department")
    membership = rules.find(memberships, request.user, pk=pk)
    form = EndRoleForm(request.POST or None)
    check = Check(request, form, membership)
    if form.is_valid() and check.carry_out(actions.end_role, membership, by=request.user, **form.answers):
        said = {"person": membership.person, "role": membership.get_role_display()}
        words = _("%(person)s no longer has the role %(role)s.")
        if not membership.has_begun:
            words = _("%(person)s will not get the role %(role)s.")
        messages.success(request, words % said)
        return redirect("accounts:department-people", slug)
    context |= {"form": form, "check": check, "record": membership, "allowances": allowances(membership.role_words)}
    if not check.is_due:
        return render(request, "accounts/role_end.html", context)
    context |= {
        "heading": _("Check before the role ends"),
        "caption": f"{membership.get_role_display()}, {membership.person}",
        "action": _("End role"),
        "danger": True,
        "cancel": reverse("accounts:person", args=[slug, membership.person_id]),
        "consequences": _what_ending_means(membership),
    }
    return render(request, "pages/check.html", context)


def _what_ending_means(membership: Membership) -> list[str]:
    told = {"person": membership.person, "department": membership.department, "since": day(membership.since)}
    words = [
        _("%(person)s loses at once what the role lets them see and do, in the department and in its programmes."),
        _("What they kept stays recorded under their name. Roles they hold elsewhere stay as they are."),
    ]
    if not membership.has_begun:
        words = [_("%(person)s was to get the role on %(since)s. They never do.")]
    return [each % told for each in words]
