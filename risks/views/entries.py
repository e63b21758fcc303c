"""Issues, assumptions and dependencies: a list, a page each, and the forms. The three share their views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks import actions, entry_lists
from risks.forms.endings import ReasonForm
from risks.forms.entries import AssumptionForm, CloseEntryForm, DependencyForm, EntryForm, IssueForm
from risks.models import Assumption, Dependency, Issue
from risks.models.entries import REFERENCE, Entry
from risks.views.places import places
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.pages.forms import Check
from xgov.pages.registers import Register, register_page


@dataclass(frozen=True)
class Kind:
    """What the pages of one kind of entry say and use. `key` is in the names of its addresses."""

    key: str
    place: str
    model: type[Entry]
    form: type[EntryForm]
    register: Register
    heading: type_of_text
    add: type_of_text
    change: type_of_text
    close: type_of_text
    template: str


KINDS = (
    Kind(
        "issue", "issues", Issue, IssueForm, entry_lists.ISSUES, gettext_lazy("Issues"), gettext_lazy("Add an issue"),
        gettext_lazy("Change issue"), gettext_lazy("Close issue"), "risks/entries/issue.html",
    ),
    Kind(
        "assumption", "assumptions", Assumption, AssumptionForm, entry_lists.ASSUMPTIONS, gettext_lazy("Assumptions"),
        gettext_lazy("Add an assumption"), gettext_lazy("Change assumption"), gettext_lazy("Close assumption"),
        "risks/entries/assumption.html",
    ),
    Kind(
        "dependency", "dependencies", Dependency, DependencyForm, entry_lists.DEPENDENCIES,
        gettext_lazy("Dependencies"), gettext_lazy("Add a dependency"), gettext_lazy("Change dependency"),
        gettext_lazy("Close dependency"), "risks/entries/dependency.html",
    ),
)  # fmt: skip


@require_safe
def entry_list(request: HttpRequest, reference: str, kind: Kind) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="risks")
    entries = entry_lists.for_a_list(kind.model, programme, request.user)
    context |= {"heading": kind.heading, "places": places(request, programme)}
    if Permission.CONTRIBUTE in context["programme_permissions"] and not programme.is_over:
        context |= {"primary_action": kind.add, "primary_url": reverse(f"risks:add-{kind.key}", args=[reference])}
    return register_page(
        request, kind.register, entries, template="risks/register.html", context=context, door=programme
    )


@require_safe
def entry(request: HttpRequest, reference: str, number: str, kind: Kind) -> HttpResponse:
    record, context = _page_of(request, reference, number, kind)
    if record.risk is not None:
        context["risk"] = record.risk if rules.can(request.user, Permission.VIEW, record.risk) else None
    return render(request, kind.template, context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str, kind: Kind) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    form = kind.form(request.POST or None, instance=kind.model(programme=programme), person=request.user)
    if form.is_valid() and form.carry_out(actions.add_entry, kind.model, programme, by=request.user, **form.answers):
        messages.success(request, _("%(entry)s is added.") % {"entry": form.result.reference})
        return redirect(request.path if "another" in request.POST else form.result)
    context |= {
        "form": form,
        "heading": kind.add,
        "action": _("Save"),
        "another": _("Save and add another"),
        "caption": programme.name,
        "cancel": _list_of(kind, programme),
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, number: str, kind: Kind) -> HttpResponse:
    record, context = _page_of(request, reference, number, kind)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    form = kind.form(request.POST or None, instance=record, person=request.user)
    if form.is_valid() and form.carry_out(
        actions.change_entry, record, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("%(entry)s is changed.") % {"entry": number})
        return redirect(form.result)
    context |= {"form": form, "heading": kind.change, "action": _("Save")}
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str, number: str, kind: Kind) -> HttpResponse:
    form = CloseEntryForm(request.POST or None, kind=kind.model)
    said = _("%(entry)s is closed.") % {"entry": number}
    return _end(request, reference, number, kind, form, actions.close_entry, kind.close, said)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, reference: str, number: str, kind: Kind) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    said = _("%(entry)s is open again.") % {"entry": number}
    return _end(request, reference, number, kind, form, actions.reopen_entry, _("Open again"), said)


def _end(
    request: HttpRequest, reference: str, number: str, kind: Kind, form: Any, action: Callable[..., Entry],
    heading: type_of_text, said: str,
) -> HttpResponse:  # fmt: skip
    record, context = _page_of(request, reference, number, kind)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    check = Check(request, form, record, on_a_page=False)
    if form.is_valid() and check.carry_out(action, record, by=request.user, **form.answers):
        messages.success(request, said)
        return redirect(form.result)
    return render(request, "pages/form.html", context | {"form": form, "heading": heading, "action": heading})


def _page_of(request: HttpRequest, reference: str, number: str, kind: Kind) -> tuple[Entry, dict[str, Any]]:
    """The entry, or 404 for those who may not see it or its programme; and what the page around it needs."""
    programme, context = programme_page(request, reference, active="risks")
    entries = kind.model.objects.filter(programme=programme).select_related("kept_by", "owner", "risk", "closed_by")
    record = rules.find(entries, request.user, reference=number)
    record.programme = programme
    addresses = {
        verb: reverse(f"risks:{verb}-{kind.key}", args=[reference, number]) for verb in ("change", "close", "reopen")
    }
    more = {"record": record, "kind": kind, "addresses": addresses, "list_url": _list_of(kind, programme)}
    return record, {**context, **more, "permissions": rules.permissions_on(request.user, record)}


def _list_of(kind: Kind, programme: Programme) -> str:
    return reverse(f"risks:{kind.place}", args=[programme.reference])


def addresses() -> list[URLPattern]:
    """Under a programme's risks: `issues/`, `issues/add/`, `issues/ISS-0001/` and so on, likewise for each kind."""
    found = []
    for kind in KINDS:
        one, given = rf"^{kind.place}/(?P<number>{REFERENCE})/", {"kind": kind}
        found += [
            path(f"{kind.place}/", entry_list, given, name=kind.place),
            path(f"{kind.place}/add/", add, given, name=f"add-{kind.key}"),
            re_path(f"{one}$", entry, given, name=kind.key),
            re_path(f"{one}change/$", change, given, name=f"change-{kind.key}"),
            re_path(f"{one}close/$", close, given, name=f"close-{kind.key}"),
            re_path(f"{one}reopen/$", reopen, given, name=f"reopen-{kind.key}"),
        ]
    return found
