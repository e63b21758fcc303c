"""What is known about a record itself: who keeps it, its last change, who can see it, its history."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from xgov.access.doors import at_path, door_of, is_sensitive


def about(record: Model) -> dict[str, Any]:
    """Plain values for components/about_record.html: one query for the last change."""
    newest = record.history.order_by("-history_id").first()
    keeper = getattr(type(record), "keeper", None)
    label = record._meta.label_lower
    door = door_of(record)
    return {
        "keeper": at_path(record, keeper) if keeper else None,
        "changed_at": newest.history_date if newest else record.updated_at,
        "changed_by": newest.history_signer if newest else "",
        "reason": (newest.history_change_reason or "") if newest else "",
        "is_new": bool(newest) and newest.history_type == "+",
        "seen_by": _seen_by(record, door),
        "history_url": reverse("pages:history", args=[label, record.pk]),
        "who_url": reverse("pages:who", args=[label, record.pk]),
    }


def _seen_by(record: Model, door: Model | None) -> str:
    if door is None or door is record:
        return _("People with a role here")
    if is_sensitive(record):
        return _("People with a role in %(door)s who may see OFFICIAL-SENSITIVE records") % {"door": door}
    return _("Everyone with a role in %(door)s") % {"door": door}
