"""One version of an agreement: its text, its clauses while it is a draft, opening and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from governance.actions import agreements as actions
from governance.agreement_papers import ask_for_pdf, pdf_name
from governance.agreement_text import sha256_of_text
from governance.forms.agreements import ClauseForm, OpenForm, ReasonForm
from governance.memorandum_facts import moved_on
from governance.models import AgreementVersion, Clause
from governance.views.agreements import form_methods, signable, version_page
from programmes.models import Party
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check, Seen
from xgov.records.errors import RuleBroken

# While a text is being written, signed or in force, its page says when the record has moved on since.
_FOLLOWED = (*AgreementVersion.PENDING, AgreementVersion.Status.IN_FORCE)


def _since(version: AgreementVersion) -> dict[str, Any]:
    """Where the record has moved on since the text was written, and whether it can be filled in again at once."""
    found = moved_on(version) if version.status in _FOLLOWED else []
    return {"moved_on": found, "may_fill_in": version.is_draft and not all(each.is_reworded for each in found)}


@require_GET
def version(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    found, context = version_page(request, reference, number, version)
    context |= {
        "clauses": list(found.clauses.order_by("position")) if found.is_draft else found.clauses_in_order,
        "proof": None if found.is_draft or not found.sha256 else found.verify(),
        "signable": signable(request.user, found),
        "may_edit": found.is_draft and Permission.MANAGE in context["permissions"],
    }
    for clause in context["clauses"]:
        clause.version = found
    context |= _since(found)
    context["unsettled"] = [clause for clause in context["clauses"] if found.is_draft and clause.is_unsettled]
    return render(request, "governance/agreements/version.html", context)


@require_GET
def version_text(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    """The exact bytes whose SHA-256 was signed."""
    found, _context = version_page(request, reference, number, version)
    if not found.sha256:
        return redirect(found)
    response = HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8")
    name = f"{reference}-{number}-version-{version}.txt"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@form_methods
def change_clause(request: HttpRequest, reference: str, number: str, version: int, key: str) -> HttpResponse:
    found, context = version_page(request, reference, number, version)
    clause = rules.find(Clause.objects.filter(version=found), request.user, key=key)
    clause.version = found
    rules.require(request.user, Permission.MANAGE, clause)
    if not found.is_draft and request.method != "POST":
        messages.warning(request, _("The text of version %(number)d is fixed.") % {"number": version})
        return redirect(found)
    form = ClauseForm(request.POST or None, instance=clause)
    if form.is_valid() and form.carry_out(
        actions.change_clause, clause, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("Clause “%(heading)s” is saved.") % {"heading": form.result.heading})
        return redirect(f"{found.get_absolute_url()}#{key}")
    context |= {
        "form": form,
        "clause": clause,
        "from_template": found.is_draft and clause.template is not None,
        "moved_on": [each for each in moved_on(found) if each.clause.pk == clause.pk],
        "heading": _("Change clause"),
        "caption": str(found),
        "intro": _("The periods in this clause are a local default.") if clause.is_local_default else "",
        "action": _("Save clause"),
        "cancel": f"{found.get_absolute_url()}#{key}",
    }
    return render(request, "governance/agreements/clause.html", context)


@require_POST
def fill_in_again(request: HttpRequest, reference: str, number: str, version: int, key: str) -> HttpResponse:
    """Write one clause anew from the record. Nothing is lost: the words before are in its history."""
    found, _context = version_page(request, reference, number, version)
    rules.find(Clause.objects.filter(version=found), request.user, key=key)
    rules.require(request.user, Permission.MANAGE, found)
    _fill_in(request, found, [key])
    return redirect(f"{found.get_absolute_url()}#{key}")


@require_POST
def follow_record(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    """Write anew each clause for which the record has moved on, but for those that somebody has reworded."""
    found, _context = version_page(request, reference, number, version)
    rules.require(request.user, Permission.MANAGE, found)
    _fill_in(request, found, None)
    return redirect(found)


def _fill_in(request: HttpRequest, version: AgreementVersion, keys: list[str] | None) -> None:
    try:
        count = actions.fill_in_again(version, by=request.user, keys=keys)
    except RuleBroken as broken:
        messages.warning(request, str(broken.message))
        return
    if count:
        words = ngettext("%(count)d clause is filled in again", "%(count)d clauses are filled in again", count)
        messages.success(request, _("%(clauses)s from the record.") % {"clauses": words % {"count": count}})
    else:
        messages.info(request, _("It says already what the record says, or was reworded here."))


@form_methods
def open_version(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    found, context = version_page(request, reference, number, version)
    rules.require(request.user, Permission.MANAGE, found)
    if not found.is_draft:
        messages.warning(request, _("The text of version %(number)d is fixed.") % {"number": version})
        return redirect(found)
    since, unsettled = _since(found), [clause for clause in found.clauses_in_order if clause.is_unsettled]
    # While the draft itself stands in the way the page asks nothing, and the action says what comes first.
    is_asked = not (unsettled or (since["may_fill_in"] and since["moved_on"]))
    form = OpenForm(request.POST if request.method == "POST" else None, version=found, is_asked=is_asked)
    parties = context["programme"].parties.all()
    signing = [party for party in parties if party.is_in and party.role in {Party.Role.LEAD, Party.Role.CORE}]
    check = Check(
        request, form, found, Seen(_("The text"), sha256_of_text(found.composed())),
        Seen(_("The departments that sign"), ",".join(sorted(party.department.slug for party in signing))),
    )  # fmt: skip
    if form.is_valid() and check.carry_out(actions.open_for_signature, found, by=request.user, **form.answers):
        messages.success(request, _("The text is fixed. Each department named in it can sign now."))
        return redirect(found.agreement)
    context |= {
        "form": form,
        "check": check,
        "signing": signing,
        "unsettled": unsettled,
        "is_asked": is_asked,
        "clauses": found.clauses_in_order,
        "consequences": [
            _("The text is fixed and gets its SHA-256. It can only be changed by a new version, which everyone signs."),
            _("Each of these departments is asked to sign. It comes into force when the last of them has."),
        ],
    } | since
    return render(request, "governance/agreements/open.html", context)


@form_methods
def withdraw_version(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponse:
    found, context = version_page(request, reference, number, version)
    rules.require(request.user, Permission.MANAGE, found)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.withdraw_version, found, by=request.user, **form.answers):
        messages.success(request, _("Version %(number)d is withdrawn.") % {"number": version})
        return redirect(found.agreement)
    signed = len(found.signed)
    context |= {
        "form": form,
        "heading": _("Withdraw this version"),
        "caption": str(found),
        "intro": _("%(count)d departments have signed it. Their signatures stay on record and bind nobody.")
        % {"count": signed}
        if signed
        else _("Nobody has signed it yet. It stays on record."),
        "action": _("Withdraw version"),
        "danger": True,
        "cancel": found.get_absolute_url(),
    }
    return render(request, "pages/form.html", context)


@form_methods
def version_pdf(request: HttpRequest, reference: str, number: str, version: int) -> HttpResponseBase:
    """The file if it has been made; a POST asks for it to be made."""
    found, _context = version_page(request, reference, number, version)
    if not found.sha256:
        return redirect(found)
    name = pdf_name(found)
    if default_storage.exists(name):
        return _pdf(found, name)
    if request.method == "POST":
        return redirect(ask_for_pdf(found, by=request.user))
    return redirect(found)


def _pdf(version: AgreementVersion, name: str) -> HttpResponse:
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type="application/pdf")
    shown = f"{version.programme.reference}-{version.agreement.reference}-version-{version.number}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, shown)
    return response
