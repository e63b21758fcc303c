from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from governance.actions import agreements as actions
from governance.actions.signing import newcomers
from governance.agreement_lists import AGREEMENTS
from governance.agreement_text import clause_differences
from governance.forms.agreements import AgreementForm, DraftForm, NewVersionForm, ReasonForm
from governance.memorandum_facts import moved_on
from governance.memorandum_standing import differs, holds_up, signed_and_left
from governance.models import Agreement, AgreementVersion
from governance.signatories import without_signatory
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.doors import is_sensitive
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.pages.registers import register_page

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def agreement_list(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference)
    agreements = Agreement.objects.visible_to(request.user).filter(programme=programme).with_versions()
    may_draft = Permission.MANAGE in context["programme_permissions"]
    context |= {
        "heading": _("Agreements"),
        "intro": _("What the departments have put their names to, and which text each of them has signed."),
        "primary_action": _("Draft a memorandum") if may_draft else "",
        "primary_url": reverse("governance:draft-agreement", args=[reference]) if may_draft else "",
    }
    template = "programmes/programme_register.html"
    return register_page(request, AGREEMENTS, agreements, template=template, context=context, door=programme)


def agreement_page(request: HttpRequest, reference: str, number: str) -> tuple[Agreement, dict[str, Any]]:
    """The agreement, or 404 for those who may not see it; and what the page around it needs."""
    programme, context = programme_page(request, reference, active="agreements")
    agreements = Agreement.objects.filter(programme=programme).with_versions()
    agreement = rules.find(agreements, request.user, reference=number)
    permissions = rules.permissions_on(request.user, agreement)
    if is_sensitive(agreement) and not rules.can(request.user, Permission.VIEW_SENSITIVE, programme):
        _keep_what_was_signed(agreement, request.user)
    return agreement, {**context, "record": agreement, "agreement": agreement, "permissions": permissions}


def _keep_what_was_signed(agreement: Agreement, user: User) -> None:
    """Who reads it only because they have signed sees the texts they signed, and no other."""
    seen = set(AgreementVersion.objects.visible_to(user).filter(agreement=agreement).values_list("pk", flat=True))
    agreement.versions_newest_first = [each for each in agreement.versions_newest_first if each.pk in seen]


def version_page(
    request: HttpRequest, reference: str, number: str, version: int
) -> tuple[AgreementVersion, dict[str, Any]]:
    agreement, context = agreement_page(request, reference, number)
    found = next((each for each in agreement.versions_newest_first if each.number == version), None)
    if found is None:
        raise Http404
    return found, {**context, "version": found}


def signable(user: User, version: AgreementVersion | None) -> list[Any]:
    """The signatures that this person can give now."""
    if version is None or not version.is_open:
        return []
    return [row for row in version.waited_for if rules.can(user, Permission.SIGN, row)]


@require_GET
def agreement(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    agreement, context = agreement_page(request, reference, number)
    pending = agreement.pending
    never_signed = pending.never_signed if pending and pending.is_open else []
    context |= {
        "pending": pending,
        "shown": [version for version in (pending, agreement.in_force) if version and not version.is_draft],
        "proof": agreement.in_force.verify() if agreement.in_force else None,
        "nobody_signs": _nobody_signs(pending),
        "newcomers": newcomers(pending) if pending and pending.is_open else [],
        "leavers": [place for place in never_signed if place.has_left],
        "no_partners": [place for place in never_signed if not place.has_left],
        "is_held_up": bool(pending and pending.is_open and holds_up(pending)),
        "signed_and_left": signed_and_left(pending) if pending and pending.is_open else "",
        "differs": _differs(agreement),
        "signable": signable(request.user, pending),
        "current": agreement.current,
        "behind": [found for found in (pending, agreement.in_force) if found and moved_on(found)],
    }
    return render(request, "governance/agreements/agreement.html", context)


def _differs(agreement: Agreement) -> str:
    return differs(agreement.in_force, is_replaced=agreement.pending is not None) if agreement.in_force else ""


def _nobody_signs(pending: AgreementVersion | None) -> list[Department]:
    """The departments in the programme that are waited for, though nobody can sign for them."""
    if pending is None or not pending.is_open:
        return []
    return without_signatory(pending, [place.department for place in pending.waited_for])


@form_methods
def draft_agreement(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="agreements")
    rules.require(request.user, Permission.MANAGE, Agreement(programme=programme))
    form = DraftForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.draft_agreement, programme, by=request.user, **form.answers):
        messages.success(
            request, _("%(agreement)s is drafted from the record. Go through its clauses.") % {"agreement": form.result}
        )
        return redirect(form.result.current)
    context |= {
        "form": form,
        "heading": _("Draft a memorandum of understanding"),
        "intro": _(
            "The clauses are filled in with what the programme’s record says today. Then you change them one by one. "
            "Nobody can sign before you open the text for signature."
        ),
        "action": _("Draft memorandum"),
        "cancel": reverse("governance:agreement-list", args=[reference]),
    }
    return render(request, "pages/form.html", context)


@form_methods
def change_agreement(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    agreement, context = agreement_page(request, reference, number)
    rules.require(request.user, Permission.MANAGE, agreement)
    form = AgreementForm(request.POST or None, instance=agreement)
    if form.is_valid() and form.carry_out(
        actions.change_agreement, agreement, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("%(agreement)s is changed.") % {"agreement": form.result})
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Change title, review or marking"),
        "caption": number,
        "action": _("Save agreement"),
        "cancel": reverse("governance:agreement", args=[reference, number]),
    }
    return render(request, "pages/form.html", context)


@form_methods
def new_version(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    agreement, context = agreement_page(request, reference, number)
    rules.require(request.user, Permission.MANAGE, agreement)
    form = NewVersionForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.start_version, agreement, by=request.user, **form.answers):
        messages.success(request, _("Version %(number)d is drafted.") % {"number": form.result.number})
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Start a new version"),
        "caption": str(agreement),
        "intro": _(
            "It begins as a copy of version %(number)d. Every department signs it anew. What is in force stays in "
            "force until they all have."
        )
        % {"number": agreement.starting_point().number},
        "action": _("Start new version"),
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@form_methods
def end_agreement(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    agreement, context = agreement_page(request, reference, number)
    rules.require(request.user, Permission.MANAGE, agreement)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.end_agreement, agreement, by=request.user, **form.answers):
        messages.success(request, _("%(agreement)s has ended.") % {"agreement": agreement})
        return redirect(agreement)
    context |= {
        "form": form,
        "heading": _("End this agreement"),
        "caption": str(agreement),
        "intro": _("From today it binds nobody. Its texts and signatures stay on record. This cannot be undone."),
        "action": _("End agreement"),
        "danger": True,
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@require_GET
def differences(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    """What changed, clause by clause, since the version that it started from."""
    newer, context = version_page(request, reference, number, version)
    older = newer.starting_point
    if older is None:
        raise Http404
    found = clause_differences(older.clauses_in_order, newer.clauses_in_order)
    return render(request, "governance/agreements/differences.html", context | {"older": older, "found": found})
