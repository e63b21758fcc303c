"""How much risk a department seeks and bears in every programme that it has joined."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from risks import actions, categories
from risks.forms import AppetiteForm
from risks.models import DepartmentAppetite
from risks.views.appetites import agreed_in_words
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department


@require_safe
def appetite(request: HttpRequest, slug: str) -> HttpResponse:
    """Every category with what the department agreed for itself."""
    department = _department(request, slug)
    agreed = DepartmentAppetite.objects.visible_to(request.user).filter(department=department).not_over()
    in_force = {each.category: each for each in agreed if each.has_begun}
    context = {
        "department": department,
        "permissions": rules.permissions_on(request.user, department),
        "rows": [{"category": each, "appetite": in_force.get(each.code)} for each in categories.CATEGORIES],
        "to_come": [each for each in agreed if not each.has_begun],
    }
    return render(request, "risks/department_appetite.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    department = _department(request, slug)
    if category not in categories.BY_CODE:
        raise Http404
    rules.require(request.user, Permission.ADMINISTER, department)
    agreed = DepartmentAppetite.objects.visible_to(request.user).filter(department=department, category=category)
    form = AppetiteForm(request.POST or None, present=agreed.current().first())
    if form.is_valid() and form.carry_out(
        actions.set_department_appetite, department, category, by=request.user, **form.answers
    ):
        messages.success(request, agreed_in_words(form.result))
        return redirect(form.result)
    words = categories.BY_CODE[category]
    context: dict[str, Any] = {
        "form": form,
        "department": department,
        "heading": _("Agree the department’s appetite"),
        "caption": words.label,
        "intro": words.meaning,
        "action": _("Agree appetite"),
        "cancel": DepartmentAppetite(department=department).get_absolute_url(),
    }
    return render(request, "risks/department_appetite_form.html", context)


def _department(request: HttpRequest, slug: str) -> Department:
    return rules.find(Department.objects.all(), request.user, slug=slug)
