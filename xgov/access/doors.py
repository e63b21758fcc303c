"""Which door a record stands behind: read from the three lines each model declares."""

from functools import cache

from django.apps import apps
from django.db.models import Model
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from xgov.access.memory import once

SENSITIVE = "OFFICIAL_SENSITIVE"


@cache
def door_model(model: type[Model]) -> type[Model]:
    """The model of the door that records of this model stand behind."""
    return model if model.door == "self" else model_at(model, model.door)


@cache
def model_at(model: type[Model], path: str) -> type[Model]:
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def door_field(model: type[Model]) -> str:
    """The look-up that gives the door's primary key from the record's own row."""
    return "pk" if model.door == "self" else f"{model.door}_id"


def door_of(record: Model) -> Model | None:
    return record if record.door == "self" else at_path(record, record.door)


def door_id_of(record: Model) -> int | None:
    return record.pk if record.door == "self" else _key_at(record, record.door)


def keeper_id_of(record: Model) -> int | None:
    path = getattr(record, "keeper", None)
    return _key_at(record, path) if path else None


def _key_at(record: Model, path: str) -> int | None:
    *steps, last = path.split("__")
    holder = at_path(record, "__".join(steps)) if steps else record
    return getattr(holder, f"{last}_id", None) if holder is not None else None


def at_path(record: Model, path: str) -> Model | None:
    for step in path.split("__"):
        record = getattr(record, step, None)
        if record is None:
            return None
    return record


@cache
def marking_field(model: type[Model]) -> str | None:
    declared = getattr(model, "marking_field", None)
    if declared:
        return declared
    return "marking" if any(field.name == "marking" for field in model._meta.get_fields()) else None


def window_is_open(record: Model) -> bool:
    """Whether the record is, by its own state, to be seen through its windows."""
    condition = getattr(record, "windows_open_while", None)
    return condition is None or getattr(record, condition[0]) in condition[1]


def is_marked_sensitive(record: Model) -> bool:
    name = marking_field(type(record))
    return bool(name) and at_path(record, name) == SENSITIVE


def is_sensitive(record: Model) -> bool:
    """It is marked so itself, or the door it stands behind is: nothing of a sensitive programme is less sensitive."""
    if is_marked_sensitive(record):
        return True
    return record.door != "self" and door_id_of(record) in sensitive_doors(door_model(type(record)))


def sensitive_doors(door: type[Model]) -> frozenset[int]:
    """The primary keys of the doors of this kind that are marked OFFICIAL-SENSITIVE."""
    name = marking_field(door)
    if name is None:
        return frozenset()
    marked = door._base_manager.filter(**{name: SENSITIVE}).order_by()
    return once(("sensitive doors", door), lambda: frozenset(marked.values_list("pk", flat=True)))


@cache
def group_grants(door: type[Model]) -> type[Model]:
    return get_group_obj_perms_model(door)


@cache
def user_grants(door: type[Model]) -> type[Model]:
    return get_user_obj_perms_model(door)


@cache
def door_models() -> tuple[type[Model], ...]:
    return tuple(model for model in apps.get_models() if getattr(model, "door", None) == "self")
