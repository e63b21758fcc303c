from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xgov.access.roles import type_of_text


def ask(
    request: HttpRequest,
    context: dict[str, Any],
    form: BaseForm,
    *,
    heading: type_of_text,
    action: type_of_text,
    cancel: str,
    template: str = "pages/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form. More: caption, intro, another, danger."""
    words = {"form": form, "heading": heading, "action": action, "cancel": cancel}
    return render(request, template, context | words | more)
