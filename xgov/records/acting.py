"""Who signs for a change, and why: one context for requests, workers and commands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from xgov.access.standing import remembering
from xgov.records.errors import NoSigner


@dataclass(frozen=True)
class Signer:
    """Who a change is signed by. `person` is None when no person did it, as in a nightly check."""

    name: str
    person: Model | None = None
    reason: str = ""


_signer: ContextVar[Signer | None] = ContextVar("xgov_signer", default=None)
_request: ContextVar[HttpRequest | None] = ContextVar("xgov_request", default=None)


@contextmanager
def acting(by: Model | Signer, reason: str = "") -> Iterator[Signer]:
    """Sign every change made inside with this person (or system signer) and reason."""
    signer = by if isinstance(by, Signer) else Signer(name=str(by), person=by)
    outer = _signer.get()
    if not reason and outer is not None:
        reason = outer.reason
    signer = Signer(signer.name, signer.person, str(reason or signer.reason))
    token = _signer.set(signer)
    try:
        yield signer
    finally:
        _signer.reset(token)


def system_signer(name: str) -> Signer:
    """For changes that no person makes: `with acting(system_signer("Nightly check"), reason=...)`."""
    return Signer(name=name)


def current_signer() -> Signer:
    """Who signs now; NoSigner when nobody does."""
    signer = _signer.get()
    if signer is not None:
        return signer
    request = _request.get()
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Signer(name=str(user), person=user)
    raise NoSigner("Nobody signs for this change: wrap it in acting(by, reason).")


class ActingMiddleware:
    """Signs what a request changes with the person who is signed in, and remembers their standing meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            with remembering():
                return self.get_response(request)
        finally:
            _request.reset(token)
