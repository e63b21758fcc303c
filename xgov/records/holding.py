"""Holding rows for a change: one way of doing it, and one order, so that people wait for each other in turn.

An action holds first and asks afterwards. What somebody may do, and what is possible, is decided on the row as it is
when nobody else can change it any more, and not on the one that the page was made of.

Whoever holds several goes from the outside to the inside: the person it is about, the department, the programme, the
board, and last what stands behind these, the whole before its part.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet

from xgov.access import memory
from xgov.access.doors import at_path
from xgov.records.fixed import remember_stored

M = TypeVar("M", bound=Model)


def hold(record: M, *above: str) -> M:
    """The record as it is now, held until the end of the transaction: after the records at these paths from it.

    `hold(seat, "board__programme")` holds the programme first. What was known of people's standing is asked again.
    """
    holders = {path: _as_it_is(at_path(record, path)) for path in above}
    fresh = _as_it_is(record)
    for path, holder in holders.items():
        *steps, last = path.split("__")
        setattr(at_path(fresh, "__".join(steps)) if steps else fresh, last, holder)
    memory.forget()
    return fresh


def hold_all(records: QuerySet[M]) -> list[M]:
    """Those of the records that are there, held in one order."""
    memory.forget()
    return list(records.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _as_it_is(record: M) -> M:
    fresh = type(record)._base_manager.select_for_update(no_key=True).get(pk=record.pk)
    remember_stored(fresh)
    return fresh
