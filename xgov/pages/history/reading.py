"""The history of one record, newest first, a page at a time by key."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.history.marked import hidden_among
from xgov.pages.history.wording import FieldChange, Names, Version, changes, says_it_all, title_of

PAGE = 50


@dataclass(frozen=True)
class Item:
    """One version, as components/history.html and components/timeline.html draw it."""

    title: str
    by: str
    when: dt.datetime
    reason: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    first: list[FieldChange] = field(default_factory=list)  # what the first version said
    record: str = ""
    kind: str = ""
    url: str = ""
    door: str = ""  # behind which of several it stands
    history_id: int = 0


@dataclass(frozen=True)
class HistoryPage:
    items: list[Item]
    older: str = ""  # what `before` must say for the next page; empty at the end
    has_sensitive: bool = False  # whether it names a record that is marked OFFICIAL-SENSITIVE


def record_history(record: Model, reader: Model, before: str = "") -> HistoryPage:
    """The versions of a record that the reader may already see. A version marked sensitive at the time is not shown."""
    versions = record.history.order_by("-history_id")
    if before.isascii() and before.isdigit() and len(before) < 19:
        versions = versions.filter(history_id__lt=int(before))
    found = list(versions[: PAGE + 1])
    shown, older = found[:PAGE], found[1:]
    pairs = list(zip(shown, [*older, None], strict=False))
    sensitive_too = Permission.VIEW_SENSITIVE in rules.permissions_on(reader, record)
    names = Names(reader, found)
    hidden = set() if sensitive_too else hidden_among(type(record), found)
    items = [_item(newer, earlier, names, hidden) for newer, earlier in pairs]
    return HistoryPage(items, str(shown[-1].history_id) if len(found) > PAGE else "")


def _item(newer: Version, older: Version | None, names: Names, hidden: set[int]) -> Item:
    if newer.history_id in hidden:
        return Item(
            title=_("Changed while marked OFFICIAL-SENSITIVE: not shown to you"),
            by=newer.history_signer,
            when=newer.history_date,
            history_id=newer.history_id,
        )
    if older is not None and older.history_id in hidden:
        older = newer
    return item_of(newer, older, names)


def item_of(newer: Version, older: Version | None, names: Names, **more: Any) -> Item:
    found = changes(older, newer, names)
    is_first = newer.history_type == "+" or older is None
    return Item(
        title=title_of(newer, found),
        by=newer.history_signer,
        when=newer.history_date,
        reason=newer.history_change_reason or "",
        changes=[] if is_first or says_it_all(found) else found,
        first=found if is_first else [],
        history_id=newer.history_id,
        **more,
    )


def with_previous(versions: QuerySet) -> list[tuple[Version, Version | None]]:
    """Each version with the one before it: two queries however many there are."""
    table = versions.model
    earlier = table.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    shown: Sequence[Version] = list(versions.annotate(previous_id=Subquery(earlier.values("history_id")[:1])))
    previous = table.objects.in_bulk([v.previous_id for v in shown if v.previous_id is not None])
    return [(version, previous.get(version.previous_id)) for version in shown]
