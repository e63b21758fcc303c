"""Two people, one record: the second is told who changed what, if it is what they are changing too."""

from collections.abc import Collection
from itertools import pairwise
from typing import Self

from django.db import models

from xgov.records.errors import ChangedMeanwhile


class SeenVersion(int):
    """The version of a record that a person had before them, and the fields that their answers decide.

    A number, so that actions hand it through to `check_seen` as they do a plain one, which stands for every field.
    """

    fields: frozenset[str]

    def __new__(cls, number: int, fields: Collection[str]) -> Self:
        seen = super().__new__(cls, number)
        seen.fields = frozenset(fields)
        return seen


def check_seen(record: models.Model, seen_version: int | None) -> None:
    """Raise ChangedMeanwhile if the (locked, fresh) record is not as the person had it before them.

    With a `SeenVersion` only its fields count: who changed others meanwhile stops nobody, and both changes remain.
    """
    if seen_version is None or record.lock_version == seen_version:
        return
    versions = list(record.history.filter(lock_version__gte=seen_version).order_by("history_id"))
    before = versions[0] if versions and versions[0].lock_version == seen_version else None
    after = last = versions[-1] if versions else None
    if before is not None and after.lock_version == record.lock_version and isinstance(seen_version, SeenVersion):
        changed = _fields_between(before, after, seen_version.fields)
        if not changed:
            return
        last = _last_to_change(versions, changed)
    raise ChangedMeanwhile(
        by=last.history_signer if last else "",
        when=last.history_date if last else record.updated_at,
        before=before,
        after=after,
        lock_version=record.lock_version,
    )


def _fields_between(before: models.Model, after: models.Model, names: Collection[str]) -> set[str]:
    """Those of the named fields that differ between two versions; one that history does not keep counts as changed."""
    kept = {field.name: field.attname for field in before.tracked_fields}
    return {name for name in names if name not in kept or getattr(before, kept[name]) != getattr(after, kept[name])}


def _last_to_change(versions: list[models.Model], names: Collection[str]) -> models.Model:
    steps = reversed(list(pairwise(versions)))
    return next((newer for older, newer in steps if _fields_between(older, newer, names)), versions[-1])
