"""Nobody is told of what they may not see, at the time of telling and again at the time of reading."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.apps import apps
from django.db.models import Model

from xgov.access import rules

T = TypeVar("T")
About = tuple[str, int]  # the label of a model and the primary key of one of its rows


def about(record: Model) -> About:
    return record._meta.label, record.pk


def seen_by(person: Model, things: Iterable[T], about_of: Callable[[T], About]) -> list[T]:
    """Those of the things that are about a record the person may see now, in a query for each model."""
    things = list(things)
    keys: dict[str, set[int]] = {}
    for label, pk in map(about_of, things):
        keys.setdefault(label, set()).add(pk)
    seen = {(label, pk) for label, wanted in keys.items() for pk in _visible(person, label, wanted)}
    return [thing for thing in things if about_of(thing) in seen]


def _visible(person: Model, label: str, wanted: set[int]) -> Iterable[int]:
    rows = apps.get_model(label)._base_manager.filter(pk__in=wanted)
    return rules.visible(rows, person).values_list("pk", flat=True)
