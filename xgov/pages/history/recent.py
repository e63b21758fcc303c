"""The newest changes behind several doors of one kind: for the hall, where all of a person's programmes are."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Model, QuerySet

from xgov.access import standing
from xgov.access.doors import door_field, door_model
from xgov.access.permissions import Permission
from xgov.pages.history.merging import (
    Pairs,
    is_sensitive_itself,
    item_at,
    models_behind,
    newest_of,
    placed,
    present_records,
    read_pairs,
    versions_behind_doors,
)
from xgov.pages.history.reading import HistoryPage, Item
from xgov.pages.history.wording import Names, Version
from xgov.records.clock import now

# How far back is recent: a local default. It also keeps the question small, however long the history.
RECENT = timedelta(days=30)


def recent_history(doors: QuerySet, reader: Model, most: int) -> HistoryPage:
    """The newest changes of the last RECENT days behind these doors, which the reader may see.

    The same rules as in the history of one door: each door is asked with what the reader may see there.
    """
    door = doors.model
    pairs: Pairs = {}
    for group, sensitive_too in _by_sight(doors, reader):
        pairs |= _newest(group, reader, most, sensitive_too=sensitive_too)
    models = _that_are_news(door)
    newest = sorted(pairs, key=lambda place: (pairs[place][0].history_date, *place), reverse=True)[:most]
    pairs = {place: pairs[place] for place in newest}
    names = Names(reader, [version for pair in pairs.values() for version in pair])
    records = present_records(pairs, models)
    items = _with_doors(doors, {place: item_at(pair, names, records) for place, pair in pairs.items()}, pairs)
    return HistoryPage(items, has_sensitive=any(is_sensitive_itself(record) for record in records.values()))


def _that_are_news(door: type[Model]) -> tuple[type[Model], ...]:
    return tuple(model for model in models_behind(door) if model.is_news)


def _by_sight(doors: QuerySet, reader: Model) -> list[tuple[QuerySet, bool]]:
    if Permission.VIEW_SENSITIVE in standing.everywhere(reader, doors.model):
        return [(doors, True)]
    cleared = standing.open_doors(reader, doors.model, Permission.VIEW_SENSITIVE)
    return [(doors.filter(pk__in=cleared), True), (doors.exclude(pk__in=cleared), False)]


def _newest(doors: QuerySet, reader: Model, most: int, *, sensitive_too: bool) -> Pairs:
    door, keys, since = doors.model, doors.order_by().values("pk"), now() - RECENT
    models = _that_are_news(door)
    parts = []
    for number, model in enumerate(models):
        versions = versions_behind_doors(door, keys, model, reader, sensitive_too=sensitive_too)
        parts.append(placed(versions.filter(history_date__gte=since), number))
    return read_pairs(newest_of(parts, most), models, sensitive_too=sensitive_too)


def _with_doors(doors: QuerySet, items: dict[tuple[int, int], Item], pairs: Pairs) -> list[Item]:
    """Each with the name of its door. What stands behind a board is not named after the programme of the board."""
    keys = {place: _door_key(pairs[place][0], doors.model) for place in items}
    names = {door.pk: str(door) for door in doors.filter(pk__in={key for key in keys.values() if key})}
    return [replace(item, door=names.get(keys[place], "")) for place, item in items.items()]


def _door_key(version: Version, door: type[Model]) -> int | None:
    model = version.instance_type
    if model is door:
        return None  # it is the door itself, and named
    return getattr(version, door_field(model)) if door_model(model) is door else None
