"""Writing from beside a long read."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def written_beside(write: Callable[[], T]) -> T:
    """Do the write; its answer.

    A connection of SQLite that is in the middle of a read sees the database as it was when the read began, and is
    refused at once when it wants to write to what has changed since. So it writes through a connection of its own.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return write()
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(_written, write).result()


def _written(write: Callable[[], T]) -> T:
    try:
        return write()
    finally:
        connection.close()
