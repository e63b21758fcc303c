"""The history of everything behind one door, merged, newest first."""

import datetime as dt
import re
from collections import defaultdict
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import IntegerField, Model, Q, QuerySet, Value
from django.utils.dateparse import parse_datetime

from xgov.access import rules
from xgov.access.doors import door_field, door_model, is_sensitive, marking_field
from xgov.access.permissions import Permission
from xgov.pages.history.marked import hidden_among, without_marked
from xgov.pages.history.reading import PAGE, HistoryPage, Item, item_of, with_previous
from xgov.pages.history.wording import Names, Version, kind_of, with_names
from xgov.pages.values import address_of

Place = tuple[dt.datetime, int, int]  # when, which of the models behind the door, which history row

_ORDER = ("history_date", "history_model", "history_id")
_TOKEN = re.compile(r"(?P<moment>[^~]{1,40})~(?P<kind>[0-9]{1,4})~(?P<row>[0-9]{1,18})")


@cache
def models_behind(door: type[Model]) -> tuple[type[Model], ...]:
    """The models whose records stand behind doors of this kind, the door itself, and the doors that hang on it.

    A board is a door of its own and hangs on its programme: what stands behind the board belongs to the history of
    both. Ordered by label.
    """
    doors = {door, *doors_on(door)}
    found = [
        model
        for model in apps.get_models()
        if getattr(model, "governed", False)
        and model.door
        and "__" not in model.door
        and not model._meta.abstract
        and hasattr(model, "history")
        and door_model(model) in doors
    ]
    return tuple(sorted(found, key=lambda model: model._meta.label_lower))


@cache
def doors_on(door: type[Model]) -> dict[type[Model], str]:
    """The other kinds of door that hang on doors of this kind, each with the column that says on which."""
    found = {}
    for model in apps.get_models():
        if getattr(model, "governed", False) and model.door == "self" and model is not door:
            for field in model._meta.concrete_fields:
                if field.many_to_one and field.related_model is door:
                    found[model] = field.attname
    return found


def kinds_behind(door: Model) -> list[tuple[str, str]]:
    """(label, words) of the kinds of record behind the door, to filter by."""
    kinds = [(model._meta.label_lower, str(model._meta.verbose_name)) for model in models_behind(type(door))]
    return sorted(kinds, key=lambda kind: kind[1].casefold())


def versions_behind(door: Model, model: type[Model], reader: Model) -> QuerySet:
    """The history rows of one model behind the door, without those that the reader may not see."""
    sensitive_too = Permission.VIEW_SENSITIVE in rules.permissions_on(reader, door)
    return versions_behind_doors(type(door), [door.pk], model, reader, sensitive_too=sensitive_too)


def versions_behind_doors(
    door: type[Model], keys: Any, model: type[Model], reader: Model, *, sensitive_too: bool
) -> QuerySet:
    """The same of several doors of one kind, at all of which, or at none, the reader may see what is sensitive."""
    history = model.history.model.objects
    if (inner := door_model(model)) is not door:
        of_these = {f"{doors_on(door)[inner]}__in": keys}
        doors = rules.visible(inner._base_manager.filter(**of_these), reader).order_by().values("pk")
        versions = history.filter(**{"id__in" if model is inner else f"{door_field(model)}__in": doors})
        present = rules.visible(model._base_manager.all(), reader)
    else:
        versions = history.filter(**{"id__in" if model.door == "self" else f"{door_field(model)}__in": keys})
        present = rules.visible(model._base_manager.filter(**{f"{door_field(model)}__in": keys}), reader)
    if sensitive_too:
        return versions
    return without_marked(versions.filter(id__in=present.order_by().values("pk")))


def door_history(door: Model, reader: Model, before: str = "", kind: str = "") -> HistoryPage:
    """One page of the merged history: one query finds the rows, two for each kind of record on the page read them."""
    models = models_behind(type(door))
    asked = [number for number, model in enumerate(models) if not kind or model._meta.label_lower == kind]
    places = _places(door, [(number, models[number]) for number in asked], reader, _place_of(before))
    shown = places[:PAGE]
    sensitive_too = Permission.VIEW_SENSITIVE in rules.permissions_on(reader, door)
    pairs = read_pairs(shown, models, sensitive_too=sensitive_too)
    names = Names(reader, [version for pair in pairs.values() for version in pair])
    records = present_records(pairs, models)
    items = [item_at(pairs[place[1:]], names, records) for place in shown if place[1:] in pairs]
    older = _token(shown[-1]) if len(places) > PAGE else ""
    return HistoryPage(items, older, has_sensitive=any(is_sensitive_itself(record) for record in records.values()))


def is_sensitive_itself(record: Model) -> bool:
    """By the record's own marking: a part is as sensitive as its whole, which is asked about where it is named."""
    name = marking_field(type(record))
    return bool(name) and "__" not in name and is_sensitive(record)


def _places(door: Model, models: list[tuple[int, type[Model]]], reader: Model, before: Place | None) -> list[Place]:
    parts = [_part(versions_behind(door, model, reader), number, before) for number, model in models]
    return newest_of(parts, PAGE + 1)


def newest_of(parts: list[QuerySet], most: int) -> list[Place]:
    if not parts:
        return []
    merged = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
    return list(merged.order_by(*(f"-{name}" for name in _ORDER))[:most])


def _part(versions: QuerySet, number: int, before: Place | None) -> QuerySet:
    if before is not None:
        moment, kind, history_id = before
        earlier = Q(history_date__lt=moment)
        if number < kind:
            earlier |= Q(history_date=moment)
        elif number == kind:
            earlier |= Q(history_date=moment, history_id__lt=history_id)
        versions = versions.filter(earlier)
    return placed(versions, number)


def placed(versions: QuerySet, number: int) -> QuerySet:
    which = Value(number, output_field=IntegerField())
    return versions.order_by().annotate(history_model=which).values_list(*_ORDER)


def _token(place: Place) -> str:
    return f"{place[0].isoformat()}~{place[1]}~{place[2]}"


def _place_of(token: str) -> Place | None:
    """What `_token` made; anything else begins at the newest."""
    found = _TOKEN.fullmatch(token.replace(" ", "+"))
    try:
        moment = parse_datetime(found["moment"]) if found else None
        moment = moment.astimezone(dt.UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        return None
    return moment, int(found["kind"]), int(found["row"])


Pairs = dict[tuple[int, int], tuple[Version, Version | None]]


def read_pairs(places: list[Place], models: tuple[type[Model], ...], *, sensitive_too: bool) -> Pairs:
    wanted: dict[int, list[int]] = defaultdict(list)
    for _moment, number, history_id in places:
        wanted[number].append(history_id)
    pairs: Pairs = {}
    for number, ids in wanted.items():
        found = with_previous(models[number].history.model.objects.filter(history_id__in=ids))
        hidden = set() if sensitive_too else hidden_among(models[number], (previous for _version, previous in found))
        for version, previous in found:
            hides = previous is not None and previous.history_id in hidden
            pairs[number, version.history_id] = (version, version if hides else previous)
    return pairs


def present_records(pairs: Pairs, models: tuple[type[Model], ...]) -> dict[tuple[type[Model], int], Model]:
    """The records as they are now, for their names and pages."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for (number, _history_id), (version, _previous) in pairs.items():
        wanted[number].add(version.id)
    found = {}
    for number, ids in wanted.items():
        model = models[number]
        for record in with_names(model._base_manager.filter(pk__in=ids)):
            found[model, record.pk] = record
    return found


def item_at(pair: tuple[Version, Version | None], names: Names, records: dict[tuple[type[Model], int], Model]) -> Item:
    version, previous = pair
    model = version.instance_type
    record = records.get((model, version.id))
    url = address_of(record) if record is not None else ""
    return item_of(version, previous, names, record=str(record or ""), kind=kind_of(version), url=url)
