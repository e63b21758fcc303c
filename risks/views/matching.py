"""Matching the columns and words of a register of another shape. What is said once is remembered for the next copy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from risks.actions import matching as actions
from risks.actions.bringing import outline_of
from risks.forms.matching import ColumnsForm, WordsForm
from risks.imports.foreign import Outline
from risks.imports.matching import known
from risks.imports.surroundings import Surroundings
from risks.models import RegisterImport
from risks.views.imports import after_reading, import_page, matched
from xgov.access import rules
from xgov.access.permissions import Permission

Found = tuple[RegisterImport, Outline, dict[str, Any]]


def _file_of(request: HttpRequest, reference: str, number: int) -> Found | HttpResponse:
    """What is to be matched; or the way back, for a file that has no columns to match."""
    brought, context = import_page(request, reference, number)
    rules.require(request.user, Permission.CONTRIBUTE, brought)
    if brought.is_over or brought.state == RegisterImport.State.APPLYING:
        return redirect(brought)
    outline = outline_of(brought)
    return (brought, outline, context) if outline is not None else redirect(brought)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _file_of(request, reference, number)
    if isinstance(found, HttpResponse):
        return found
    brought, outline, context = found
    around = Surroundings(brought.programme)
    form = ColumnsForm(
        request.POST or None, brought=brought, outline=outline, around=around, person=request.user,
        known=known(brought.programme, brought.kept_by, outline),
    )  # fmt: skip
    if form.is_valid():
        answers = {key: form.cleaned_data[key] for key in ("category", "kept_by", "control_type", "control_line")}
        if form.carry_out(
            actions.match_columns, brought, by=request.user, columns=form.columns, **answers, **form.which
        ):
            return _on_to_words(request, brought, outline, around)
    context |= {
        "form": form, "heading": _("What is in its columns?"), "action": _("Continue"), "caption": brought.name,
        "intro": _rows_in_words(outline.rows) + " " + _("What you say here is remembered for the next copy."),
        "matched": matched(brought),
    }  # fmt: skip
    return render(request, "risks/matching.html", context)


def _rows_in_words(rows: int) -> str:
    words = ngettext("%(rows)d row under the names below.", "%(rows)d rows under the names below.", rows)
    return words % {"rows": rows}


def _on_to_words(request: HttpRequest, brought: RegisterImport, outline: Outline, around: Surroundings) -> HttpResponse:
    """If there are any, else to what it would change."""
    brought.refresh_from_db()
    mapping = brought.mapping
    if WordsForm(outline=outline, around=around, columns=mapping.columns, chosen=mapping.words).asked:
        return redirect("risks:match-words", reference=brought.programme.reference, number=brought.number)
    return after_reading(request, brought)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _file_of(request, reference, number)
    if isinstance(found, HttpResponse):
        return found
    brought, outline, context = found
    mapping = brought.mapping
    if mapping is None:
        return redirect("risks:match-columns", reference=reference, number=number)
    around = Surroundings(brought.programme)
    form = WordsForm(
        request.POST or None, outline=outline, around=around, columns=mapping.columns, chosen=mapping.words
    )
    if form.is_valid() and form.carry_out(actions.match_words, brought, by=request.user, words=form.words):
        brought.refresh_from_db()
        return after_reading(request, brought)
    context |= {
        "form": form, "heading": _("What do its words stand for?"), "action": _("See what would change"),
        "caption": brought.name,
        "intro": _("What fits nothing here is kept as given, and the risk waits for a person to score it."),
        "matched": matched(brought),
    }  # fmt: skip
    return render(request, "risks/matching.html", context)
