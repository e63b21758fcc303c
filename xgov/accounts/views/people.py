"""The people of a department and what its administrator does for them."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts import actions, leaving, letters
from xgov.accounts.forms import AddPersonForm, LetInForm, StopForm
from xgov.accounts.giving import MEMBERSHIP_ROLES, given_by
from xgov.accounts.models import Department, Membership, User
from xgov.accounts.parts import roles_held
from xgov.accounts.registers import PEOPLE
from xgov.accounts.role_words import allowances
from xgov.accounts.views.passwords import site_of
from xgov.pages.registers import register_page


def department_of(request: HttpRequest, slug: str, *, to_administer: bool = False) -> tuple[Department, dict[str, Any]]:
    """The department for those who belong to it (else 404), and for changes only for its administrators (else 403)."""
    department = rules.find(Department.objects.all(), request.user, slug=slug)
    if to_administer:
        rules.require(request.user, Permission.ADMINISTER, department)
    permissions = rules.permissions_on(request.user, department)
    frame = "accounts/department_base.html"
    return department, {"frame": frame, "department": department, "permissions": permissions}


def people_of(department: Department) -> QuerySet[User]:
    """Whoever belongs to the department or has a role in it, one to come too; the department's door was asked."""
    here = Membership.objects.present_or_coming().filter(department=department)
    people = User.objects.of_department(department).annotate(listed_in=Value(department.slug))
    return people.prefetch_related(Prefetch("memberships", queryset=here, to_attr="roles_here"))


def person_of(request: HttpRequest, slug: str, pk: int, **more: Any) -> tuple[User, dict[str, Any]]:
    department, context = department_of(request, slug, **more)
    found = get_object_or_404(people_of(department).select_related("home_department"), pk=pk)
    return found, context | {"record": found}


@require_GET
def people_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    department, context = department_of(request, slug)
    context |= {
        "heading": _("People and roles"),
        "may_change": Permission.ADMINISTER in context["permissions"] and not department.is_closed,
        "roles": [(role, allowances(role), given_by(role)) for role in MEMBERSHIP_ROLES],
    }
    people = people_of(department)
    return register_page(request, PEOPLE, people, template="accounts/people.html", context=context, door=department)


@require_GET
def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found, context = person_of(request, slug, pk)
    department = context["department"]
    here = Membership.objects.visible_to(request.user).filter(department=department, person=found)
    may_change = Permission.ADMINISTER in context["permissions"]
    context |= {
        "memberships": here.lasting().order_by("-since", "role"),
        "elsewhere": [held for held in roles_held(found, request.user) if held.url != department.get_absolute_url()],
        "may_change": may_change,
        "may_stop": may_change and found.home_department == department and found != request.user,
        "is_own": found == request.user,
        "left": leaving.what_is_left(found, request.user) if may_change and not found.is_active else [],
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    department, context = department_of(request, slug, to_administer=True)
    form = AddPersonForm(department, request.POST or None)
    if form.is_valid() and form.carry_out(actions.add_person, department, by=request.user, **form.answers):
        _invite(request, form.result)
        give = reverse("accounts:role-give", args=[department.slug])
        return redirect(f"{give}?person={form.result.pk}")
    context |= {
        "form": form,
        "heading": _("Add a person"),
        "caption": department,
        "intro": _("They can sign in once they have set a password, and see nothing until they have a role."),
        "action": _("Add person"),
        "cancel": reverse("accounts:department-people", args=[slug]),
    }
    return render(request, "pages/form.html", context)


def _invite(request: HttpRequest, person: User) -> None:
    said = {"name": person, "email": person.email}
    if letters.send_invitation(person, site_of(request), request.user):
        messages.success(request, _("%(name)s can sign in. A link to set the password was sent to %(email)s.") % said)
    else:
        messages.warning(request, _("The letter to %(email)s did not go out. Send the link again later.") % said)


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found, context = person_of(request, slug, pk, to_administer=True)
    rules.require(request.user, Permission.ADMINISTER, found)
    form = StopForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.stop_person, found, by=request.user, **form.answers):
        messages.success(request, _("%(name)s may no longer sign in. What they held has ended.") % {"name": found})
        return redirect("accounts:person", slug, pk)
    ends, left = leaving.what_ends(found, request.user), leaving.what_is_left(found, request.user)
    context |= {"form": form, "ends": ends, "left": left}
    return render(request, "accounts/person_stop.html", context)


@require_http_methods(["GET", "POST"])
def let_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found, context = person_of(request, slug, pk, to_administer=True)
    rules.require(request.user, Permission.ADMINISTER, found)
    form = LetInForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.let_person_in, found, by=request.user, **form.answers):
        messages.success(request, _("%(name)s may sign in again. Give them the roles they need.") % {"name": found})
        return redirect("accounts:person", slug, pk)
    context |= {
        "form": form,
        "heading": _("Let this person sign in again"),
        "intro": _("The roles that ended stay ended: give them new ones afterwards."),
        "action": _("Let sign in"),
        "cancel": reverse("accounts:person", args=[slug, pk]),
    }
    return render(request, "pages/form.html", context)


@require_POST
def send_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found, _context = person_of(request, slug, pk, to_administer=True)
    rules.require(request.user, Permission.ADMINISTER, found)
    if found.is_active:
        _invite(request, found)
    return redirect("accounts:person", slug, pk)
