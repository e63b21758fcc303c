"""The rows that let people in from a day and until a day. No person presses a button on that day: a nightly task does.

An app registers its rows in `standing_grants.py`. Each has a person, `since` and `until`.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Model, Q, QuerySet

from xgov.access import grants
from xgov.access.doors import door_models

Rows = Callable[[], QuerySet]

_rows: list[tuple[str, str, Rows]] = []


def lets_in(door: str, *, path: str) -> Callable[[Rows], Rows]:
    """Register rows that give something at doors of this model; `path` leads from a row to its door."""

    def register(rows: Rows) -> Rows:
        _rows.append((door, path, rows))
        return rows

    return register


def doors_of(person: Model) -> list[Model]:
    """The doors at which such a row names the person, now or at another time."""
    return _doors(Q(person=person))


def doors_turning(first: date, last: date) -> list[Model]:
    """The doors at which a row begins or ends on one of these days."""
    return _doors(Q(since__range=(first, last)) | Q(until__range=(first, last)))


def sync_turning(first: date, last: date) -> None:
    grants.sync_many(doors_turning(first, last))


def _doors(condition: Q) -> list[Model]:
    found: dict[type[Model], set[int]] = {model: set() for model in door_models()}
    for model, keys in found.items():
        for door, path, rows in _rows:
            if door == model._meta.label:
                keys.update(rows().filter(condition).order_by().values_list(path, flat=True).distinct())
    return [door for model, keys in found.items() for door in model._base_manager.filter(pk__in=keys).order_by("pk")]
