"""Whether the database is as this version of xgov needs it."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def refuse_unmigrated() -> None:
    """For commands that a person runs by hand: one sentence in place of a missing table. Raises CommandError."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not made yet, or of an older version. Run: manage.py migrate")
