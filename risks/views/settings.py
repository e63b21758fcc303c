"""How the register works: what is in force, what is proposed, what each department says to it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks import actions, categories
from risks.actions.revaluing import effect_of
from risks.agreeing import answers_for, positions_on, require_to_answer_for
from risks.escalation_levels import LEVELS, TRIGGERS
from risks.forms import AnswerSettingsForm, ProposalForm, ReasonForm
from risks.models import RegisterSettings
from risks.register_terms import DEFAULT_TERMS, Terms, terms_of
from risks.scales import SCALES
from risks.terms_changes import differences
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department
from xgov.pages.pressing import press


@require_safe
def settings(request: HttpRequest, reference: str) -> HttpResponse:
    """What is in force, and under it every version there has been."""
    programme, context = programme_page(request, reference)
    versions = list(_versions(request, programme))
    in_force = next((each for each in versions if each.is_in_force), None)
    proposed = next((each for each in versions if each.is_proposed), None)
    context |= {
        "places": places(request, programme),
        "in_force": in_force,
        "proposed": proposed,
        "versions": versions,
        "positions": _positions(request, in_force),
        "may_propose": _may_propose(context, programme) and proposed is None,
        **_explained(terms_of(programme)),
    }
    return render(request, "risks/settings.html", context)


@require_safe
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One version: what it changes, who agrees, and all that it says."""
    programme, context, settings = _version_page(request, reference, number)
    before = _before(settings)
    context |= {
        "record": settings,
        "permissions": rules.permissions_on(request.user, settings),
        "before": before,
        "differences": differences(before.agreed_terms if before else DEFAULT_TERMS, settings.agreed_terms),
        "positions": _positions(request, settings),
        "effect": effect_of(programme, settings.agreed_terms, request.user) if settings.is_proposed else None,
        "may_manage": _may_propose(context, programme),
        **_explained(settings.agreed_terms),
    }
    context["all_agreed"] = all(position["position"].has_agreed for position in context["positions"])
    return render(request, "risks/settings_version.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """All questions on one page, then what would change in words, then to the departments."""
    programme, context = programme_page(request, reference, active="risks")
    rules.require(request.user, Permission.MANAGE, programme)
    open_one = RegisterSettings.objects.visible_to(request.user).filter(programme=programme).proposed().first()
    if open_one is not None:
        messages.info(request, _("This version waits for the departments. Withdraw it before you propose another."))
        return redirect(open_one)
    present = terms_of(programme)
    begins_with = _begins_with(present, request.GET.get("scale", ""))
    form = ProposalForm(request.POST or None, terms=begins_with)
    context |= {"form": form, "present": present, "scale": begins_with.scale, "scales": SCALES.values()}
    step = request.POST.get("step", "")
    if step in ("check", "propose") and form.is_valid():
        if step == "propose" and form.carry_out(
            actions.propose_settings, programme, form.terms, by=request.user, **form.answers
        ):
            messages.success(request, _("%(version)s is proposed. It waits for the departments.") % _named(form.result))
            return redirect(form.result)
        if not form.errors:
            return render(
                request, "risks/settings_check.html", context | _checked(request, programme, present, form.terms)
            )
    return render(request, "risks/settings_propose.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str, number: int, slug: str) -> HttpResponse:
    programme, context, settings = _version_page(request, reference, number)
    department = get_object_or_404(Department.objects.filter(parties__programme=programme), slug=slug)
    require_to_answer_for(request.user, programme, department)
    form = AnswerSettingsForm(request.POST or None)
    if form.is_valid() and form.carry_out(
        actions.answer_settings, settings, department, by=request.user, **form.answers
    ):
        messages.success(request, _answered(form.result, department, form.cleaned_data["answer"]))
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Answer for %(department)s") % {"department": department.name},
        "caption": settings,
        "intro": settings.why,
        "action": _("Save answer"),
        "cancel": settings.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    _programme, context, settings = _version_page(request, reference, number)
    rules.require(request.user, Permission.MANAGE, settings)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.withdraw_settings, settings, by=request.user, **form.answers):
        messages.success(request, _("%(version)s is withdrawn.") % _named(settings))
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Withdraw the proposal"),
        "caption": settings,
        "intro": _("The departments are no longer asked. The version and their answers can still be read."),
        "action": _("Withdraw proposal"),
        "cancel": settings.get_absolute_url(),
        "danger": True,
    }
    return render(request, "pages/form.html", context)


@require_POST
def start(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Where the last department that had not agreed has left."""
    _programme, _context, settings = _version_page(request, reference, number)
    said = _("%(version)s is in force.") % _named(settings)
    press(request, actions.bring_settings_into_force, settings, said=said)
    return redirect(settings)


def _version_page(
    request: HttpRequest, reference: str, number: int
) -> tuple[Programme, dict[str, Any], RegisterSettings]:
    programme, context = programme_page(request, reference, active="risks")
    found = RegisterSettings.objects.filter(programme=programme).select_related("proposed_by")
    settings = rules.find(found, request.user, version=number)
    settings.programme = programme
    return programme, context, settings


def _versions(request: HttpRequest, programme: Programme) -> Any:
    found = RegisterSettings.objects.visible_to(request.user).filter(programme=programme).select_related("proposed_by")
    for settings in found:
        settings.programme = programme
        yield settings


def _before(settings: RegisterSettings) -> RegisterSettings | None:
    """The version that this one changes: the last before it that ever was in force."""
    earlier = RegisterSettings.objects.filter(programme=settings.programme, version__lt=settings.version)
    return earlier.filter(since__isnull=False).order_by("-version").first()


def _positions(request: HttpRequest, settings: RegisterSettings | None) -> list[dict[str, Any]]:
    """Where each department stands, and whether this person may answer for it now."""
    if settings is None:
        return []
    found = []
    theirs = answers_for(request.user, settings.programme)
    for position in positions_on(settings):
        can_be_said = settings.is_proposed or (settings.is_in_force and position.answer is None)
        may = can_be_said and position.department.pk in theirs
        found.append({"position": position, "may_answer": may})
    return found


def _may_propose(context: dict[str, Any], programme: Programme) -> bool:
    return Permission.MANAGE in context["programme_permissions"] and not programme.is_over


def _begins_with(present: Terms, scale: str) -> Terms:
    """What is in force; on another scale, that scale as it comes."""
    return replace(present, scale=SCALES[scale]) if scale in SCALES and scale != present.scale.key else present


def _checked(request: HttpRequest, programme: Programme, present: Terms, terms: Terms) -> dict[str, Any]:
    return {
        "differences": differences(present, terms),
        "effect": effect_of(programme, terms, request.user),
        "changes_scale": present.scale.key != terms.scale.key,
        **_explained(terms),
    }


def _explained(terms: Terms) -> dict[str, Any]:
    """What parts/terms.html reads: the terms, with the names of what they mean."""
    scale = terms.scale
    return {
        "terms": terms,
        "matrix": [
            (level, [(impact, scale.score(level.value, impact.value)) for impact in scale.impacts])
            for level in reversed(scale.likelihoods)
        ],
        "in_use": [
            (category, [local.label for local in terms.local_categories if local.category == category.code])
            for category in categories.CATEGORIES
            if category.code in terms.categories
        ],
        "rules": [(LEVELS[rule.level], TRIGGERS[rule.trigger], rule) for rule in terms.escalation_rules],
    }


def _named(settings: RegisterSettings) -> dict[str, Any]:
    return {"version": settings}


def _answered(settings: RegisterSettings, department: Department, answer: str) -> str:
    said = {"department": department.short_name, "number": settings.version}
    if settings.is_in_force:
        return _("%(department)s has agreed. Version %(number)d is in force.") % said
    if answer == "AGREED":
        return _("%(department)s has agreed to version %(number)d. Other departments are still to answer.") % said
    return _("%(department)s objects to version %(number)d. Those who proposed it can see what was said.") % said
