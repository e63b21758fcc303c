"""Answers for when something went wrong that is nobody's answer in a form."""

import logging
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from xgov.pages.forms.typed import keep

Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)


@requires_csrf_token
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not sent from a page of ours, or from one that was open too long."""
    return render(request, "403_csrf.html", {"kept_at": keep(request)}, status=403)


def not_allowed_in_words(answer: Answer) -> Answer:
    """Middleware: an address that was opened where only a button leads, or the other way round, says so on a page.

    The answer is the same whether or not there is such a record: nobody has looked.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        was_opened = request.method in {"GET", "HEAD"}
        context = {"was_opened": was_opened, "back": _page_above(request.path) if was_opened else request.path}
        page = render(request, "405.html", context, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answered


def _page_above(path: str) -> str:
    """The nearest address above this one that is one of ours: the page that its button stands on."""
    while path.count("/") > 2:
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. The page asks nothing of the database, which may be at fault; the log has the reference too."""
    reference = token_hex(4).upper()
    log.error("Fault %s at %s %s", reference, request.method, request.path, exc_info=True)
    text = _("The fault is ours and has been noted. Try again in a few minutes.")
    if request.method == "POST":
        text = _(
            "The fault is ours and has been noted. What you sent may have been saved: look before you send it again."
        )
    return HttpResponse(render_to_string("500.html", {"reference": reference, "text": text}), status=500)
