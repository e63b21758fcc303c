"""Several people at the same moment: PostgreSQL lets them write and holds the rows, SQLite lets each wait its turn."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*works: Callable[[], object]) -> list[Exception]:
    """Do all of it in as many threads, and give back what went wrong. For tests with real transactions only."""
    start, wrong = threading.Barrier(len(works)), []

    def do(work: Callable[[], object]) -> None:
        try:
            start.wait()
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    hands = [threading.Thread(target=do, args=[work]) for work in works]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return wrong
