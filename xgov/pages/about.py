"""What is known about a record itself: who keeps it, its last change, who can see it, its history."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from xgov.access.doors import at_path, door_of, is_sensitive, window_is_open


def about(record: Model) -> dict[str, Any]:
    """Plain values for components/about_record.html: one query for the last change."""
    newest = record.history.order_by("-history_id").first()
    keeper = getattr(type(record), "keeper", None)
    label = record._meta.label_lower
    return {
        "keeper": at_path(record, keeper) if keeper else None,
        "changed_at": newest.history_date if newest else record.updated_at,
        "changed_by": newest.history_signer if newest else "",
        "reason": (newest.history_change_reason or "") if newest else "",
        "is_new": bool(newest) and newest.history_type == "+",
        "seen_by": seen_by(record),
        "history_url": reverse("pages:history", args=[label, record.pk]),
        "who_url": reverse("pages:who", args=[label, record.pk]),
    }


def seen_by(record: Model) -> str:
    """From where the record is seen: its door, the windows that are open, and its named readers."""
    said = {"places": _(" or ").join(_places(record))}
    people = _("people with a role %(places)s") % said
    if is_sensitive(record):
        people = _("people with a role %(places)s who may see OFFICIAL-SENSITIVE records") % said
    if getattr(record, "readers", None):
        return _("%(people)s, and the people named as its readers") % {"people": people}
    return people


def _places(record: Model) -> Iterator[str]:
    door = door_of(record)
    yield _("here") if door is None or door is record else _("in %(door)s") % {"door": door}
    for path in getattr(record, "windows", ()) if window_is_open(record) else ():
        if (window := at_path(record, path)) is not None:
            yield _("in %(door)s") % {"door": window}
