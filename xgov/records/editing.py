"""Two people, one record: the second is told who changed what."""

from typing import Any

from django.db import models

from xgov.records.errors import ChangedMeanwhile, FieldChange

_OWN_BOOKKEEPING = {"id", "created_at", "updated_at", "lock_version"}


def check_seen(record: models.Model, seen_version: int | None) -> None:
    """Raise ChangedMeanwhile if the (locked, fresh) record is newer than the version the person had before them."""
    if seen_version is None or record.lock_version == seen_version:
        return
    versions = list(record.history.filter(lock_version__gte=seen_version).order_by("lock_version", "history_id"))
    newest = record.history.order_by("-history_id").first()
    seen = next((version for version in versions if version.lock_version == seen_version), None)
    raise ChangedMeanwhile(
        by=newest.history_signer if newest else "",
        when=newest.history_date if newest else record.updated_at,
        changes=changes_between(seen, newest) if seen and newest else [],
        lock_version=record.lock_version,
    )


def changes_between(older: models.Model, newer: models.Model) -> list[FieldChange]:
    """The fields that differ between two history rows of one record, with the values in words."""
    found = []
    for field in older.tracked_fields:
        if field.name in _OWN_BOOKKEEPING:
            continue
        was, now = getattr(older, field.attname), getattr(newer, field.attname)
        if was != now:
            found.append(FieldChange(field.name, field.verbose_name, in_words(older, field), in_words(newer, field)))
    return found


def in_words(row: models.Model, field: models.Field) -> Any:
    """A field's value as a person reads it: a choice's label, a related record's name, the value itself."""
    if field.choices:
        return dict(field.flatchoices).get(getattr(row, field.attname), getattr(row, field.attname))
    if field.is_relation:
        key = getattr(row, field.attname)
        return str(field.related_model._base_manager.filter(pk=key).first() or key) if key is not None else None
    return getattr(row, field.attname)
