"""Reads and writes of governed records: what would leave no history is refused."""

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, Self

from django.db import models, transaction

from xgov.access import rules
from xgov.records.acting import current_signer
from xgov.records.clock import now
from xgov.records.editing import check_seen
from xgov.records.errors import HistoryBypassed
from xgov.records.fixed import refuse_if_fixed, refuse_new_if_fixed

_BATCH = 500


class GovernedQuerySet(models.QuerySet):
    def visible_to(self, user: models.Model) -> Self:
        return rules.visible(self, user)

    def _refuse(self, verb: str, instead: str) -> NoReturn:
        raise HistoryBypassed(f"{self.model.__name__}.objects.{verb}() would leave no history: use {instead}.")

    def update(self, **kwargs: Any) -> NoReturn:
        self._refuse("update", "save_many() or an action")

    def delete(self) -> NoReturn:
        self._refuse("delete", "an action that closes or ends the record")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("bulk_create", "create_many()")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("bulk_update", "save_many()")

    update.alters_data = delete.alters_data = bulk_create.alters_data = bulk_update.alters_data = True

    @transaction.atomic(savepoint=False)
    def create_many(self, records: Iterable[models.Model]) -> list[models.Model]:
        """Insert the records and one history row for each, signed by whoever is acting. Made for imports."""
        records = list(records)
        refuse_new_if_fixed(records)
        created = self._unguarded().bulk_create(records, batch_size=_BATCH)
        self._write_history(created, update=False)
        return created

    @transaction.atomic
    def save_many(self, records: Sequence[models.Model], fields: Sequence[str]) -> int:
        """Write these fields of the records and one history row for each.

        Raises ChangedMeanwhile, and writes nothing, if somebody changed one of them since it was read.
        """
        moment = now()
        self._hold_as_read(records)
        for record in records:
            refuse_if_fixed(record)
            record.lock_version += 1
            record.updated_at = moment
        written = self._unguarded().bulk_update(records, [*fields, "lock_version", "updated_at"], batch_size=_BATCH)
        self._write_history(records, update=True)
        return written

    def _hold_as_read(self, records: Sequence[models.Model]) -> None:
        """Rows are held in one order, so that two imports wait for each other in turn and not both at once."""
        by_key = {record.pk: record for record in records}
        keys = sorted(by_key)
        for start in range(0, len(keys), _BATCH):
            rows = self._unguarded().filter(pk__in=keys[start : start + _BATCH]).order_by("pk")
            for pk, version in rows.select_for_update(no_key=True).values_list("pk", "lock_version"):
                if version != by_key[pk].lock_version:
                    check_seen(self._unguarded().get(pk=pk), by_key[pk].lock_version)

    def _unguarded(self) -> models.QuerySet:
        return models.QuerySet(self.model, using=self.db)

    def _write_history(self, records: Sequence[models.Model], *, update: bool) -> None:
        signer = current_signer()
        self.model.history.bulk_history_create(
            records,
            batch_size=_BATCH,
            update=update,
            default_user=signer.person,
            default_change_reason=signer.reason or None,
            default_date=now(),
            custom_historical_attrs={"history_signer": signer.name},
        )
