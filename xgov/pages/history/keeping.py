"""What one department kept behind a door, as it stood at a moment: for a department that has left."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Model, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from xgov.access.doors import door_field, door_model
from xgov.pages.history.marked import without_marked
from xgov.pages.history.merging import models_behind
from xgov.pages.history.wording import FieldChange, Names, Version, changes, kind_of
from xgov.pages.values import day

# Shown of each kind of record; what is left out is said.
SHOWN = 500
_LONGEST_NAME = 120


@dataclass(frozen=True)
class KeptRecord:
    name: str
    said: list[FieldChange]


@dataclass(frozen=True)
class KeptKind:
    """The records of one kind. `left_out` counts those past the first SHOWN."""

    words: str
    records: list[KeptRecord]
    left_out: int


def kept_until(
    door: Model, keeper: Model, moment: dt.datetime, reader: Model, *, sensitive_too: bool
) -> list[KeptKind]:
    """By kind, the records which the department kept at the moment, each in the version of that moment.

    Only kinds whose own row names the keeper; what is part of such a record is told by the record.
    """
    kinds = []
    for model in models_behind(type(door)):
        path = getattr(model, "keeper", None)
        if door_model(model) is type(door) and model.door != "self" and path and "__" not in path:
            versions = _versions(model, door, moment).filter(**{f"{path}_id": keeper.pk})
            if not sensitive_too:
                versions = without_marked(without_marked(versions), moment)
            if found := _records(versions, reader):
                left_out = max(versions.count() - SHOWN, 0) if len(found) == SHOWN else 0
                kinds.append(KeptKind(str(model._meta.verbose_name_plural), found, left_out))
    return kinds


def _versions(model: type[Model], door: Model, moment: dt.datetime) -> QuerySet:
    """The newest version of each record before the moment."""
    before = model.history.model.objects.filter(history_date__lt=moment, **{door_field(model): door.pk})
    newest = before.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    return model.history.model.objects.filter(history_id__in=newest).exclude(history_type="-").order_by("id")


def _records(versions: QuerySet, reader: Model) -> list[KeptRecord]:
    shown = list(versions[:SHOWN])
    names = Names(reader, shown)
    door = versions.model.instance_type.door
    return [
        KeptRecord(_name(version), [each for each in changes(None, version, names) if each.field != door])
        for version in shown
    ]


def _name(version: Version) -> str:
    """What the record was called then, from its own row."""
    parts = (getattr(version, part, "") for part in ("reference", "title", "name", "text"))
    words = Truncator(" ".join(str(part) for part in parts if part)).chars(_LONGEST_NAME)
    told = {"kind": kind_of(version), "day": day(version.created_at)}
    return words or _("%(kind)s, recorded on %(day)s") % told
