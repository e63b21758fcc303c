"""How much risk a programme's departments seek and bear, together and each for itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks import actions, categories
from risks.agreeing import answers_for, require_to_answer_for
from risks.appetite_categories import is_to_agree_on, to_agree_on
from risks.categories import Category
from risks.forms import AppetiteForm
from risks.models import Appetite, DepartmentAppetite, Risk
from risks.models.appetites import RiskLimits
from risks.register_terms import terms_of
from risks.standing import departments_in
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department
from xgov.pages import values
from xgov.records.clock import today


@require_safe
def appetite(request: HttpRequest, reference: str) -> HttpResponse:
    """Every category with what is in force jointly, what each department agreed, and the open risks above it."""
    programme, context = programme_page(request, reference)
    found = (
        Appetite.objects.visible_to(request.user).filter(programme=programme).not_over().select_related("department")
    )
    joint = {each.category: each for each in found if each.department_id is None and each.has_begun}
    to_come = [each for each in found if not each.has_begun]
    risks = Risk.objects.visible_to(request.user).filter(programme=programme).open().by_category()
    listed = to_agree_on(programme, request.user, terms_of(programme))
    rows = [
        {"category": category, "appetite": joint.get(category.code), "risks": risks.get(category.code)}
        for category in listed
    ]
    context |= {
        "rows": rows,
        "used": terms_of(programme).categories,
        "parties": _parties(request, programme, [each for each in found if each.has_begun], listed),
        "to_come": to_come,
        "overdue": [each for each in found if each.has_begun and each.is_overdue],
        "places": places(request, programme),
    }
    return render(request, "risks/appetite.html", context)


def _parties(
    request: HttpRequest, programme: Programme, agreed: list[Appetite], listed: list[Category]
) -> list[dict[str, Any]]:
    """Each department with its own appetites: those agreed here, and those it holds everywhere."""
    departments = list(departments_in(programme).order_by("name"))
    may_change = answers_for(request.user, programme)
    held: dict[tuple[int, str], RiskLimits] = {
        (each.department_id, each.category): each
        for each in DepartmentAppetite.objects.current().filter(department__in=departments)
    }
    held |= {(each.department_id, each.category): each for each in agreed if each.department_id}
    return [
        {
            "department": department,
            "may_change": department.pk in may_change,
            "rows": [
                {"category": category, "appetite": held[key], "is_own": isinstance(held[key], DepartmentAppetite)}
                for category in listed
                if (key := (department.pk, category.code)) in held
            ],
            "rest": [c for c in listed if (department.pk, c.code) not in held],
        }
        for department in departments
    ]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, category: str) -> HttpResponse:
    """The joint appetite."""
    programme, context = programme_page(request, reference, active="risks")
    _refuse_unknown(category)
    rules.require(request.user, Permission.MANAGE, programme)
    return _change(request, programme, context, category, None)


@require_http_methods(["GET", "POST"])
def change_of_party(request: HttpRequest, reference: str, category: str, slug: str) -> HttpResponse:
    """What one department agreed for the risks that touch it in this programme."""
    programme, context = programme_page(request, reference, active="risks")
    _refuse_unknown(category)
    department = departments_in(programme).filter(slug=slug).first()
    if department is None:
        raise Http404
    require_to_answer_for(request.user, programme, department)
    return _change(request, programme, context, category, department)


def _change(
    request: HttpRequest, programme: Programme, context: dict[str, Any], category: str, department: Department | None
) -> HttpResponse:
    if request.method == "GET" and not is_to_agree_on(category, programme, request.user, terms_of(programme)):
        messages.warning(request, _("This register does not use that category."))
        return redirect("risks:appetite", programme.reference)
    of_this = Appetite.objects.visible_to(request.user).filter(programme=programme, category=category)
    present = of_this.filter(department=department).current().first()
    form = AppetiteForm(request.POST or None, present=present)
    if form.is_valid() and form.carry_out(
        actions.set_appetite, programme, category, by=request.user, department=department, **form.answers
    ):
        messages.success(request, agreed_in_words(form.result))
        return redirect(form.result)
    words = categories.BY_CODE[category]
    context |= {
        "form": form,
        "heading": _("Agree the appetite of %(department)s") % {"department": department.short_name}
        if department
        else _("Agree the appetite"),
        "caption": words.label,
        "intro": words.meaning,
        "action": _("Agree appetite"),
        "cancel": reverse("risks:appetite", args=[programme.reference]),
    }
    return render(request, "pages/form.html", context)


def agreed_in_words(appetite: RiskLimits) -> str:
    said = {"appetite": appetite, "whose": appetite.whose, "day": values.day(appetite.since)}
    if appetite.since > today():
        return _("From %(day)s this is the appetite (%(whose)s): %(appetite)s.") % said
    return _("From today this is the appetite (%(whose)s): %(appetite)s. Risks that cross it escalate.") % said


def _refuse_unknown(category: str) -> None:
    if category not in categories.BY_CODE:
        raise Http404
