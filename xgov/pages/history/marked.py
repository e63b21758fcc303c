"""Which versions said something that was marked OFFICIAL-SENSITIVE when they were made, and stay hidden for it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from xgov.access.doors import SENSITIVE, door_model, marking_field, model_at


def without_marked(versions: QuerySet, moment: dt.datetime | None = None) -> QuerySet:
    """The versions that were not sensitive when made, or not at the moment: by their own marking, or by that of the
    record they are a part of, or of the door they stand behind.
    """
    model = versions.model.instance_type
    for number, path in enumerate(_markings(model)):
        if "__" not in path:
            versions = versions.exclude(**{path: SENSITIVE})
            continue
        way, name = path.rsplit("__", 1)
        marked = model_at(model, way).history.model.objects
        ever = marked.filter(**{name: SENSITIVE}).values("id")  # few, so that few are looked at closer
        alias = f"marking_{'then' if moment is None else 'at_the_moment'}_{number}"
        then = marked.filter(
            id=OuterRef(f"{way}_id"), history_date__lte=OuterRef("history_date") if moment is None else moment
        ).order_by("-history_date", "-history_id")
        versions = versions.alias(**{alias: Subquery(then.values(name)[:1])})
        versions = versions.exclude(Q(**{f"{way}_id__in": ever, alias: SENSITIVE}))
    return versions


def hidden_among(model: type[Model], versions: Iterable[Model | None]) -> set[int]:
    """The numbers of those versions that were sensitive when made. One question for all of them."""
    numbers = {version.history_id for version in versions if version is not None}
    if not numbers or not _markings(model):
        return set()
    shown = without_marked(model.history.model.objects.filter(history_id__in=numbers)).order_by()
    return numbers - set(shown.values_list("history_id", flat=True))


def _markings(model: type[Model]) -> list[str]:
    """The paths to all that can make a record of this model sensitive."""
    own = marking_field(model)
    of_door = marking_field(door_model(model)) if model.door != "self" else None
    return list(dict.fromkeys(path for path in (own, of_door and f"{model.door}__{of_door}") if path))
