"""The database as another program opens it: on SQLite, without the settings that ours asks for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def as_another_program() -> Iterator[CursorWrapper]:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            yield cursor
        finally:
            if sqlite:
                cursor.execute("PRAGMA recursive_triggers = ON")


def writing_over(table: str) -> str:
    """PostgreSQL has no REPLACE: there it is an insert, which the key refuses."""
    verb = "REPLACE" if connection.vendor == "sqlite" else "INSERT"
    return f"{verb} INTO {table} SELECT * FROM {table}"


# in the words of our triggers, and of PostgreSQL's key
REFUSED = r"never changed|duplicate key"
