"""Tells the event table what happened. Each kind has words; an app adds its own to the shelf."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text
from xgov.records.models import Event

EVENT_KINDS: dict[str, type_of_text] = {
    "signed_in": _("Signed in"),
    "sign_in_failed": _("Sign-in failed"),
    "signed_out": _("Signed out"),
    "history_exported": _("History exported"),
    "list_exported": _("List exported"),
    "file_imported": _("File imported"),
}


def event_kind(kind: str, words: type_of_text) -> str:
    """Put a kind of event on the shelf, from an app's `ready()`."""
    EVENT_KINDS[kind] = words
    return kind


def record_event(
    kind: str,
    by: Model | None,
    *,
    door: Model | None = None,
    subject: Model | None = None,
    words: str = "",
    **details: Any,
) -> Event:
    """Append one event. `kind` must be on the shelf."""
    if kind not in EVENT_KINDS:
        raise KeyError(f"“{kind}” is no kind of event: register it with event_kind().")
    return Event.objects.create(
        kind=kind,
        person_id=by.pk if by is not None else None,
        person_name=str(by) if by is not None else "",
        door_model=door._meta.label if door is not None else "",
        door_id=door.pk if door is not None else None,
        subject_model=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_name=str(subject)[:300] if subject is not None else "",
        words=words,
        details=details,
    )
