"""The slip that a form carries, hidden and signed: who opened it, on which page, and a number used once.

By it a form that is sent twice makes one record or one change, and what was typed is kept for the same person when
their session has ended meanwhile.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, NamedTuple

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict

from xgov.pages.models import MadeByForm
from xgov.records.clock import now
from xgov.records.models import GovernedModel

SLIP = "form-slip"
# What travels with the answers and is none.
NO_ANSWERS = frozenset({SLIP, "csrfmiddlewaretoken"})
_SALT = "xgov.pages.slip"
_GOOD_FOR_SECONDS = 7 * 24 * 60 * 60


class Slip(NamedTuple):
    person: int
    page: str
    number: str


def slip_for(request: HttpRequest | None) -> str:
    """The slip to put in a form: the one that came with the answers, while they are still being put right."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    if read_slip(request.POST):
        return request.POST[SLIP]
    return signing.dumps(Slip(user.pk, request.get_full_path(), token_urlsafe(9)), salt=_SALT)


def read_slip(posted: QueryDict) -> Slip | None:
    """The slip that came along; None if there is none, or not one of ours."""
    try:
        return Slip(*signing.loads(posted.get(SLIP, ""), salt=_SALT, max_age=_GOOD_FOR_SECONDS))
    except (signing.BadSignature, TypeError):
        return None


def once(posted: Any, person: Any, do: Callable[[], Any]) -> Any:
    """What `do` answers. If that is a record, the same answers on the same slip lead to it again.

    The second of two at once waits for the first: both want to write the same key.
    """
    if not (key := _key(posted, person)):
        return do()
    began = now()
    with transaction.atomic():
        claim, is_first = MadeByForm.objects.claim(key)
        if not is_first and (outcome := claim.outcome) is not None:
            return outcome
        result = do()
        if isinstance(result, GovernedModel):
            claim.keep(result, is_new=result.created_at >= began)
        else:
            claim.delete()
        return result


def outcome_of(posted: Any, person: Any) -> Any:
    """What has come of these answers on this slip already; None if nothing has, or if it was changed since."""
    key = _key(posted, person)
    claim = MadeByForm.objects.filter(key=key).first() if key else None
    return None if claim is None else claim.outcome


def _key(posted: Any, person: Any) -> str:
    """The answers and their slip as one key; empty where there is no slip of this person."""
    slip = read_slip(posted) if isinstance(posted, QueryDict) else None
    if slip is None or slip.person != getattr(person, "pk", None):
        return ""
    answers = sorted((name, values) for name, values in posted.lists() if name != "csrfmiddlewaretoken")
    return sha256(json.dumps(answers).encode()).hexdigest()
