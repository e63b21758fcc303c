"""What somebody typed outlives their session: it is kept for an hour and handed back into the same form.

It is never sent by itself, never shown to another person, and holds neither passwords nor files.
"""

import json
import time
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.contrib.auth import middleware
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, widgets
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from xgov.pages.forms.slips import NO_ANSWERS, read_slip

_KEY = "typed"
_MOST_CHARACTERS = 100_000
_MOST_PAGES = 3
_KEPT_SECONDS = 60 * 60
_NOT_HANDED_BACK = (widgets.PasswordInput, widgets.FileInput)

_handed: ContextVar[QueryDict | None] = ContextVar("xgov_typed", default=None)


def keep(request: HttpRequest) -> str:
    """Keep what was sent, in the session, for the page it was typed on. That page; empty if nothing is kept."""
    slip = read_slip(request.POST)
    answers = {name: values for name, values in request.POST.lists() if name not in NO_ANSWERS}
    if slip is None or (request.user.is_authenticated and request.user.pk != slip.person):
        return ""
    if any("password" in name.lower() for name in answers) or len(json.dumps(answers)) > _MOST_CHARACTERS:
        return ""
    others = {page: kept for page, kept in _still_kept(request).items() if page != slip.page}
    latest = dict(list(others.items())[1 - _MOST_PAGES :])
    until = int(time.time()) + _KEPT_SECONDS
    request.session[_KEY] = {**latest, slip.page: {"person": slip.person, "until": until, "answers": answers}}
    return slip.page


def _still_kept(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(_KEY) or {}
    return {page: typed for page, typed in kept.items() if typed["until"] > time.time()}


def hand_back(request: HttpRequest) -> QueryDict | None:
    """What the same person typed on this page before; once. What others typed in this browser is forgotten."""
    if not request.session.get(_KEY):
        return None
    mine = {page: typed for page, typed in _still_kept(request).items() if typed["person"] == request.user.pk}
    found = mine.pop(request.get_full_path(), None) if request.method == "GET" else None
    request.session[_KEY] = mine
    if found is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in found["answers"].items():
        typed.setlist(name, values)
    return typed


def fill_in(form: BaseForm) -> None:
    """Put what was handed back into a form that nothing was sent to."""
    typed = _handed.get()
    if typed is None or form.is_bound:
        return
    asked = {form.add_prefix(name): (name, field) for name, field in form.fields.items()}
    if not any(key == asked_key or key.startswith(f"{asked_key}_") for key in typed for asked_key in asked):
        return
    for key, (name, field) in asked.items():
        omitted = field.widget.value_omitted_from_data(typed, {}, key)
        if not omitted and not isinstance(field.widget, _NOT_HANDED_BACK):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, key)


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Django's own, but that what was typed is kept when a session has ended, and handed back after signing in."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _handed.set(None)
        try:
            return super().__call__(request)
        finally:
            _handed.reset(token)

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if request.user.is_authenticated and (typed := hand_back(request)) is not None:
            _handed.set(typed)
            words = _("What you typed before is back in the form. Nothing has been saved: read it and send it again.")
            messages.warning(request, words)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        if request.method == "POST" and (page := keep(request)):
            words = _("You were signed out, and nothing has been saved. Sign in, and what you typed is still there.")
            messages.warning(request, words)
            return redirect_to_login(page, self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)
