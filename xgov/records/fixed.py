"""Rows that are never changed once something has happened: a decision made, a text opened for signature.

A model declares `fixed = FixedOnce(...)`, or `fixed = FixedWith("decision")` for the parts of such a record. From the
declaration follow a guard in `save()`, one in the bulk verbs, and a trigger in the database on PostgreSQL and SQLite.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models.fields.files import FieldFile

from xgov.records.errors import HistoryBypassed

REFUSAL = "this is fixed and never changed"
_STORED = "_stored_when_held"
BOOKKEEPING = frozenset({"lock_version", "updated_at"})


@dataclass(frozen=True)
class FixedOnce:
    """The row may change while `field` holds one of `while_open`; after that only the `free` fields may.

    `field` itself may be free, but it never returns to a value at which the row is open.
    """

    field: str
    while_open: tuple[str | None, ...]
    free: tuple[str, ...] = ()

    def is_open(self, value: Any) -> bool:
        return value in self.while_open

    def fixed_fields(self, model: type[models.Model]) -> list[models.Field]:
        return [field for field in model._meta.concrete_fields if field.name not in BOOKKEEPING.union(self.free)]


@dataclass(frozen=True)
class FixedWith:
    """The row is a part of another record, and fixed as soon as that is. `whole` is the foreign key to it."""

    whole: str


def remember_stored(record: models.Model) -> None:
    """Of a row that was read to be held, what it says: saving it need not ask once more.

    Nobody else changes it while it is held, and a save over another version than the one read is refused anyhow.
    """
    rule = getattr(record, "fixed", None)
    if isinstance(rule, FixedOnce):
        record.__dict__[_STORED] = {name: _kept(getattr(record, name)) for name in _names(rule, type(record))}


def _kept(value: Any) -> Any:
    """As the database holds it, whatever is done to the record afterwards."""
    return value.name if isinstance(value, FieldFile) else deepcopy(value)


def _names(rule: FixedOnce, model: type[models.Model]) -> set[str]:
    return {rule.field, *(field.attname for field in rule.fixed_fields(model))}


def refuse_if_fixed(record: models.Model) -> None:
    """Raise HistoryBypassed if saving would change what is fixed. Reads the stored row: what is in memory may lie."""
    rule = record.fixed
    if isinstance(rule, FixedWith):
        _refuse_part(record, rule)
    elif rule is not None and not record._state.adding:
        _refuse_change(record, rule)


def refuse_new_if_fixed(records: Iterable[models.Model]) -> None:
    """As `refuse_if_fixed`, for new records of one model: one question, however many there are."""
    records = list(records)
    rule = records[0].fixed if records else None
    if isinstance(rule, FixedWith):
        field = records[0]._meta.get_field(rule.whole)
        _refuse_parts_of({getattr(record, field.attname) for record in records}, records[0], field.related_model)


def _refuse_change(record: models.Model, rule: FixedOnce) -> None:
    fields = rule.fixed_fields(type(record))
    stored = record.__dict__.pop(_STORED, None)  # for one save: what it then says is not what was read
    if stored is None:
        stored = type(record)._base_manager.filter(pk=record.pk).values(*_names(rule, type(record))).first()
    if stored is None or rule.is_open(stored[rule.field]):
        return
    changed = [
        field.name for field in fields if stored[field.attname] != field.to_python(getattr(record, field.attname))
    ]
    if changed or rule.is_open(getattr(record, rule.field)):
        raise HistoryBypassed(f"{record._meta.label} {record.pk}: {REFUSAL} ({', '.join(changed) or rule.field}).")


def _refuse_part(record: models.Model, rule: FixedWith) -> None:
    field = record._meta.get_field(rule.whole)
    holders = {getattr(record, field.attname)}
    if not record._state.adding:
        holders.add(type(record)._base_manager.values_list(field.attname, flat=True).get(pk=record.pk))
    _refuse_parts_of(holders, record, field.related_model)


def _refuse_parts_of(holders: set[Any], part: models.Model, whole: type[models.Model]) -> None:
    states = whole._base_manager.filter(pk__in=holders).order_by().values_list(whole.fixed.field, flat=True)
    if not all(whole.fixed.is_open(state) for state in states):
        raise HistoryBypassed(f"{part._meta.label} is a part of a {whole._meta.label}: {REFUSAL}.")


# --- the same in the database ----------------------------------------------------------------


def fixed_models(candidates: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    return [model for model in candidates if getattr(model, "fixed", None) is not None]


def protect(candidates: Iterable[type[models.Model]], using: str = "default") -> None:
    """Put the triggers on the tables of these models, anew if they are there."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for model in candidates:
            conditions = _Conditions(model, connection)
            verbs = conditions.by_verb() if connection.vendor == "postgresql" else conditions.with_replacing()
            for verb, condition in verbs.items():
                for statement in _statements(connection, model._meta.db_table, verb, condition):
                    cursor.execute(statement)


def protect_after_migrating(app_config: Any, using: str, **kwargs: Any) -> None:
    if settings.XGOV_PROTECT_HISTORY:
        present = set(connections[using].introspection.table_names())
        protect([m for m in fixed_models(app_config.get_models()) if m._meta.db_table in present], using)


class _Conditions:
    """When a write to the table is refused, in SQL, for each verb."""

    def __init__(self, model: type[models.Model], connection: Any) -> None:
        self.model = model
        self.quote = connection.ops.quote_name
        self.differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"

    def by_verb(self) -> dict[str, str]:
        rule = self.model.fixed
        if isinstance(rule, FixedWith):
            before, after = self._whole_is_fixed("OLD", rule), self._whole_is_fixed("NEW", rule)
            return {"INSERT": after, "UPDATE": f"({before}) OR ({after})", "DELETE": before}
        fixed = self._is_fixed("OLD", rule)
        columns = [self.quote(field.column) for field in rule.fixed_fields(self.model)]
        changed = " OR ".join(f"OLD.{column} {self.differs} NEW.{column}" for column in columns)
        reopened = f"NOT ({self._is_fixed('NEW', rule)})"
        return {"UPDATE": f"({fixed}) AND ({changed} OR {reopened})", "DELETE": fixed}

    def with_replacing(self) -> dict[str, str]:
        """SQLite's REPLACE deletes without a word to the triggers, unless the connection asked for recursive ones."""
        verbs, rule = self.by_verb(), self.model.fixed
        fixed = self._whole_is_fixed("kept", rule) if isinstance(rule, FixedWith) else self._is_fixed("kept", rule)
        table = self.quote(self.model._meta.db_table)
        same = " OR ".join(f"({self._same(fields)})" for fields in self._keys())
        replaced = f"EXISTS (SELECT 1 FROM {table} kept WHERE ({same}) AND {fixed})"  # noqa: S608 - names of ours
        verbs["INSERT"] = f"({verbs['INSERT']}) OR {replaced}" if "INSERT" in verbs else replaced
        return verbs

    def _keys(self) -> list[tuple[str, ...]]:
        """By what a row is replaced: its primary key, and whatever must be unique."""
        meta = self.model._meta
        keys = [(field.name,) for field in meta.concrete_fields if field.unique]
        return keys + [each.fields for each in meta.total_unique_constraints]

    def _same(self, names: Iterable[str]) -> str:
        columns = [self.quote(self.model._meta.get_field(name).column) for name in names]
        return " AND ".join(f"kept.{column} = NEW.{column}" for column in columns)

    def _is_fixed(self, row: str, rule: FixedOnce, model: type[models.Model] | None = None) -> str:
        column = f"{row}.{self.quote((model or self.model)._meta.get_field(rule.field).column)}"
        words = ", ".join(f"'{value}'" for value in rule.while_open if value is not None)
        parts = [f"{column} NOT IN ({words})"] if words else []
        if None in rule.while_open:
            parts.append(f"{column} IS NOT NULL")
        return " AND ".join(parts)

    def _whole_is_fixed(self, row: str, rule: FixedWith) -> str:
        field = self.model._meta.get_field(rule.whole)
        whole = field.related_model
        table, key = self.quote(whole._meta.db_table), self.quote(whole._meta.pk.column)
        fixed = self._is_fixed("whole_row", whole.fixed, whole)
        return (
            f"EXISTS (SELECT 1 FROM {table} whole_row "  # noqa: S608 - names of our own tables and columns
            f"WHERE whole_row.{key} = {row}.{self.quote(field.column)} AND {fixed})"
        )


def _statements(connection: Any, table: str, verb: str, condition: str) -> list[str]:
    name = connection.ops.quote_name(f"xgov_fixed_{table}"[:50] + f"_{verb.lower()}")
    on = connection.ops.quote_name(table)
    if connection.vendor != "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {on} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        ]
    row = "OLD" if verb == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {row}; END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {on} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
