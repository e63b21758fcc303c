"""How the benchmarks measure, and how they say what they found."""

import gc
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

Statement = tuple[str, Any]  # the SQL and its parameters


@dataclass(frozen=True)
class Bar:
    """One promise, and how it was kept."""

    what: str
    measured: float
    at_most: float

    @property
    def is_met(self) -> bool:
        return self.measured <= self.at_most

    def __str__(self) -> str:
        verdict = "ok    " if self.is_met else "MISSED"
        return f"{verdict}  {self.what}: {self.measured:.4g} (at most {self.at_most:g})"


@dataclass(frozen=True)
class Cost:
    """What a page costs: queries, milliseconds in all and in the database, and those of the SQL written by hand."""

    queries: int
    page_ms: float
    database_ms: float
    sql_ms: float
    statements: tuple[str, ...]


def fastest_ms(*works: Callable[[], Any], rounds: int = 40) -> list[float]:
    """The fastest run of each. They take turns, each round in another order, after two that only warm up.

    What else the machine does slows some runs of all of them. What was in memory before is left out of collections.
    """
    found: list[list[float]] = [[] for _ in works]
    gc.collect()
    gc.freeze()
    try:
        for round_number in range(rounds + 2):
            for turn in range(len(works)):
                place = (round_number + turn) % len(works)
                elapsed = _timed(works[place])
                if round_number >= 2:
                    found[place].append(elapsed)
    finally:
        gc.unfreeze()
    return [min(times) for times in found]


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def cost_of(client: Client, address: str, by_hand: Sequence[Statement]) -> Cost:
    """Ask for the page as a person does. Its time in the database is that of the same statements, run bare."""

    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = tuple(_bare(query["sql"]) for query in captured.captured_queries)
    page, database, sql = fastest_ms(
        ask, lambda: run_all([(sql, None) for sql in statements]), lambda: run_all(by_hand)
    )
    return Cost(len(statements), page, database, sql, statements)


def _bare(sql: str) -> str:
    """Without the cursor that an iterator declares around it: its name is taken once it has been used."""
    return re.sub(r"^DECLARE .*? FOR (?=SELECT)", "", sql)


def peak_megabytes() -> float:
    """The most memory that this process has had since its program began.

    Not `ru_maxrss`: a child inherits there what its parent had when it was started.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def run_all(statements: Sequence[Statement]) -> None:
    """Run the statements one after the other and fetch all they give, without Django between."""
    with connection.cursor() as wrapped:
        for sql, parameters in statements:
            wrapped.cursor.execute(sql, parameters)
            wrapped.cursor.fetchall()


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table with its numbers under each other."""
    texts = [[_text(value) for value in row] for row in rows]
    widths = [max(len(head), *(len(row[n]) for row in texts)) for n, head in enumerate(heads)]
    print(f"\n{title}")
    for line in ([*heads], *texts):
        name, *numbers = (text.rjust(width) for text, width in zip(line, widths, strict=True))
        print("  ".join([name.strip().ljust(widths[0]), *numbers]))


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
