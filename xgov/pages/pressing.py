"""A button that asks nothing: what it does is done, and the next page says what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from xgov.records.errors import RuleBroken


def press(request: HttpRequest, action: Callable[..., Any], thing: Any, *, said: str) -> None:
    """Carry the action out for the person of the request; `said` when it was possible, else why it was not."""
    try:
        action(thing, by=request.user)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, said)
