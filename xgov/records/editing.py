"""Two people, one record: the second is told who changed what."""

from django.db import models

from xgov.records.errors import ChangedMeanwhile


def check_seen(record: models.Model, seen_version: int | None) -> None:
    """Raise ChangedMeanwhile if the (locked, fresh) record is newer than the version the person had before them."""
    if seen_version is None or record.lock_version == seen_version:
        return
    newest = record.history.order_by("-history_id").first()
    raise ChangedMeanwhile(
        by=newest.history_signer if newest else "",
        when=newest.history_date if newest else record.updated_at,
        before=record.history.filter(lock_version=seen_version).order_by("history_id").first(),
        after=newest,
        lock_version=record.lock_version,
    )
