"""Triggers that let history and events only grow, on PostgreSQL and on SQLite."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from simple_history.models import HistoricalChanges

from xgov.records.models import Event

REFUSAL = "history and events are never changed"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION xgov_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRES = [
    "CREATE OR REPLACE TRIGGER {name}_rows BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION xgov_append_only()",
    "CREATE OR REPLACE TRIGGER {name}_all BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION xgov_append_only()",
]
# REPLACE deletes without a word to the trigger on DELETE, unless the connection asked for recursive triggers.
_THERE_ALREADY = "WHEN EXISTS (SELECT 1 FROM {table} kept WHERE kept.{key} = NEW.{key}) "
_SQLITE = [
    "CREATE TRIGGER IF NOT EXISTS {name}_"
    + verb
    + " BEFORE "
    + verb
    + " ON {table} "
    + condition
    + f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", _THERE_ALREADY))
]


def is_append_only(model: type[models.Model]) -> bool:
    return issubclass(model, HistoricalChanges | Event)


def protect(tables: Iterable[str], using: str = "default") -> None:
    """Put the triggers on these tables; doing it again changes nothing."""
    connection = connections[using]
    statements = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in tables:
            key = quote(connection.introspection.get_primary_key_column(cursor, table))
            for statement in statements:
                cursor.execute(statement.format(name=_trigger_name(table), table=quote(table), key=key))


def protected_tables(app_models: Iterable[type[models.Model]]) -> list[str]:
    return [model._meta.db_table for model in app_models if is_append_only(model)]


def protect_after_migrating(app_config: Any, using: str, **kwargs: Any) -> None:
    if settings.XGOV_PROTECT_HISTORY:
        present = set(connections[using].introspection.table_names())
        tables = [table for table in protected_tables(app_config.get_models()) if table in present]
        if tables:
            protect(tables, using)


def unprotect(tables: Iterable[str], using: str = "default") -> None:
    """Take the triggers off again: for a migration that must rebuild a history table, and for tests."""
    connection = connections[using]
    postgres = connection.vendor == "postgresql"
    endings = ("rows", "all") if postgres else ("UPDATE", "DELETE", "INSERT")
    with connection.cursor() as cursor:
        for table in tables:
            for ending in endings:
                name = f"{_trigger_name(table)}_{ending}"
                on_table = f" ON {connection.ops.quote_name(table)}" if postgres else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _trigger_name(table: str) -> str:
    return f"xgov_{table}"[:55]
