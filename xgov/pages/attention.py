"""What waits for a person, and what is wrong in a programme: each app says it from its own room, in `attention.py`.

    @waits
    def signatures(person: User) -> Iterator[Waiting]: ...

    @signals
    def overdue(person: User, programme_ids: Collection[int]) -> Iterator[Signal]: ...

Both are asked with the person who reads, and must start at what that person may see.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from xgov.access.roles import type_of_text
from xgov.records.clock import today


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for one person: a sentence that starts with a verb, and the page where it is done."""

    words: type_of_text
    url: str
    programme: str = ""
    due: date | None = None
    since: date | None = None

    @property
    def days_late(self) -> int:
        """Days past the due date; 0 when not late."""
        return max((today() - self.due).days, 0) if self.due else 0


@dataclass(frozen=True)
class Signal:
    """One thing to look at in a programme: “3 risks above appetite”, with the list that shows them."""

    programme_id: int
    count: int
    words: type_of_text
    url: str
    order: int = 50


Waits = Callable[[Model], Iterable[Waiting]]
Signals = Callable[[Model, Collection[int]], Iterable[Signal]]

_waits: list[Waits] = []
_signals: list[Signals] = []


def waits(function: Waits) -> Waits:
    _waits.append(function)
    return function


def signals(function: Signals) -> Signals:
    _signals.append(function)
    return function


def waiting_for(person: Model) -> list[Waiting]:
    """Everything that waits for the person: the latest first, then by due date, then the oldest."""
    found = [waiting for function in _waits for waiting in function(person)]
    return sorted(found, key=lambda w: (w.due or date.max, w.since or date.max, str(w.words)))


def signals_in(person: Model, programme_ids: Collection[int]) -> dict[int, list[Signal]]:
    """What is to be looked at in each of these programmes, by programme."""
    found: dict[int, list[Signal]] = {pk: [] for pk in programme_ids}
    if programme_ids:
        for function in _signals:
            for signal in function(person, programme_ids):
                if signal.count:
                    found[signal.programme_id].append(signal)
    return {pk: sorted(rows, key=lambda signal: (signal.order, str(signal.words))) for pk, rows in found.items()}
