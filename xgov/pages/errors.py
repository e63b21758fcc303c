"""Answers for when something went wrong that is nobody's answer in a form."""

import logging
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from xgov.pages.forms.typed import keep

log = logging.getLogger(__name__)


@requires_csrf_token
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not sent from a page of ours, or from one that was open too long."""
    return render(request, "403_csrf.html", {"kept_at": keep(request)}, status=403)


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
