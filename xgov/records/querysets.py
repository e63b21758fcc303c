"""Reads and writes of governed records: what would leave no history is refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, Self

from django.db import connections, models, transaction
from simple_history.utils import get_change_reason_from_object

from xgov.access import rules
from xgov.records.acting import current_signer
from xgov.records.clock import now
from xgov.records.editing import check_seen
from xgov.records.errors import HistoryBypassed
from xgov.records.fixed import refuse_if_fixed, refuse_new_if_fixed

_BATCH = 500
_COPIED = 5000  # rows of history in one statement


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
        """The rows as they now stand: the database copies them itself, a statement for each reason that is given."""
        signer, said = current_signer(), defaultdict(list)
        for record in records:
            said[get_change_reason_from_object(record) or signer.reason or None].append(record.pk)
        for reason, keys in said.items():
            signed = {
                "history_type": "~" if update else "+", "history_change_reason": reason, "history_date": now(),
                "history_user": signer.person.pk if signer.person else None, "history_signer": signer.name,
            }  # fmt: skip
            for start in range(0, len(keys), _COPIED):
                self._copy_into_history(keys[start : start + _COPIED], signed)

    def _copy_into_history(self, keys: list[Any], signed: dict[str, Any]) -> None:
        connection, history = connections[self.db], self.model.history.model
        name = connection.ops.quote_name
        fields = [history._meta.get_field(each) for each in signed]
        values = [field.get_db_prep_value(signed[field.name], connection) for field in fields]
        kept = ", ".join(name(field.column) for field in history.tracked_fields)
        beside = ", ".join(name(field.column) for field in fields)
        key, held = name(self.model._meta.pk.column), ", ".join(["%s"] * len(keys))
        sql = (  # names of columns and places for values, nothing that anybody typed
            f"INSERT INTO {name(history._meta.db_table)} ({kept}, {beside}) "  # noqa: S608
            f"SELECT {kept}, {', '.join(['%s'] * len(values))} FROM {name(self.model._meta.db_table)} "
            f"WHERE {key} IN ({held}) ORDER BY {key}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, *keys])
