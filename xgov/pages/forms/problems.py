"""What the error summary lists: one sentence each, and the answer it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BaseFormSet


@dataclass(frozen=True)
class Problem:
    message: str
    target: str = ""


def problems_of(*forms: BaseForm | BaseFormSet) -> list[Problem]:
    """Every problem of the forms and formsets, in the order in which the questions stand."""
    found: list[Problem] = []
    for form in forms:
        found += _of_formset(form) if isinstance(form, BaseFormSet) else _of_form(form)
    return found


def _of_form(form: BaseForm) -> list[Problem]:
    clash = getattr(form, "changed_meanwhile", None)
    found = [clash.problem] if clash else []
    check = getattr(form, "check", None)
    if check is not None and check.changed:
        found.append(check.problem)
    if not form.is_bound:
        return found
    found += [Problem(message) for message in form.errors.get(NON_FIELD_ERRORS, ())]
    for name in _in_order(form):
        if name in form.errors:
            target = form[name].error_target if hasattr(form[name], "error_target") else form[name].auto_id
            hidden = form[name].is_hidden
            found += [Problem(message, "" if hidden else target) for message in form.errors[name]]
    return found


def _in_order(form: BaseForm) -> Iterable[str]:
    sections: Iterable[Any] = getattr(form, "sections", ())
    named = [name for _heading, names in sections for name in names if name in form.fields]
    return [*named, *(name for name in form.fields if name not in named)]


def _of_formset(formset: BaseFormSet) -> list[Problem]:
    if not formset.is_bound:
        return []
    found = [Problem(message) for message in formset.non_form_errors()]
    for form in formset.forms:
        found += _of_form(form)
    return found
