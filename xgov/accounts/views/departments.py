"""The list of departments and the page of one. That a department exists, and what it is called, is no secret."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts import actions
from xgov.accounts.forms import CancelNameForm, RenameForm
from xgov.accounts.models import Department
from xgov.accounts.parts import parts_of
from xgov.accounts.registers import DEPARTMENTS
from xgov.pages.registers import register_page


@require_GET
def department_list(request: HttpRequest) -> HttpResponseBase:
    # Names of departments are public, so this list and the page behind it are open to everybody who is signed in.
    context = {
        "heading": _("Departments"),
        "intro": _("Departments and other public bodies, as GOV.UK lists them. Records keep the name of their time."),
    }
    return register_page(request, DEPARTMENTS, Department.objects.with_alphabet(), context=context)


@require_GET
def department(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Department, slug=slug)
    permissions = rules.permissions_on(request.user, found)
    context = {
        "record": found,
        "permissions": permissions,
        "is_member": Permission.VIEW in permissions,
        "names": found.names.lasting(),
        "parents": found.parent_links.current().select_related("parent").order_by("parent__name"),
        "children": found.child_links.current().select_related("child").order_by("child__is_closed", "child__name"),
        "successors": found.successor_links.select_related("successor").order_by("effective_on", "successor__name"),
        "predecessors": found.predecessor_links.select_related("predecessor").order_by(
            "effective_on", "predecessor__name"
        ),
        "parts": parts_of(found, request.user),
    }
    return render(request, "accounts/department.html", context)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    found = rules.find(Department.objects.all(), request.user, slug=slug)
    rules.require(request.user, Permission.ADMINISTER, found)
    form = RenameForm(request.POST or None, instance=found)
    if form.is_valid() and form.carry_out(
        actions.rename_department, found, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("The new name is recorded. Records of before keep the old one."))
        return redirect("accounts:department", slug)
    # what the department is, as against what was typed
    return render(request, "accounts/rename.html", {"form": form, "record": Department.objects.get(pk=found.pk)})


@require_http_methods(["GET", "POST"])
def cancel_name(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = rules.find(Department.objects.all(), request.user, slug=slug)
    rules.require(request.user, Permission.ADMINISTER, found)
    name = get_object_or_404(found.names.lasting().select_related("department"), pk=pk)
    form = CancelNameForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.cancel_name, name, by=request.user, **form.answers):
        messages.success(request, _("“%(name)s” is cancelled.") % {"name": name})
        return redirect("accounts:department", slug)
    return render(request, "accounts/cancel_name.html", {"form": form, "record": found, "name": name})
