"""Derives guardian's rows from the roles that people hold. Nothing else writes them.

An app registers, in `standing_grants.py`, a function that names what ought to be granted at doors of a kind: the
door's own app does, and an app on a higher floor may add what its rows give there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.models import Permission as PermissionRow
from django.db import transaction
from django.db.models import Model, QuerySet

from xgov.access import standing
from xgov.access.doors import door_models, group_grants, user_grants
from xgov.access.permissions import Permission


@dataclass(frozen=True)
class Grant:
    """One thing one holder ought to be allowed at a door. Exactly one of group_id and user_id is set."""

    permission: Permission
    group_id: int | None = None
    user_id: int | None = None
    department_id: int | None = None


Deriver = Callable[[Model], Iterable[Grant]]
Namer = Callable[[Model], Iterable[Model]]

_derivers: dict[str, dict[str, Deriver]] = {}
_followers: dict[str, list[tuple[str, str]]] = {}
_namers: dict[str, Namer] = {}


def derives(door: str, *, follows: tuple[str, str] | None = None) -> Callable[[Deriver], Deriver]:
    """Register what is granted at doors of this model; `follows=(label, path)` re-derives it with the door above."""

    def register(deriver: Deriver) -> Deriver:
        _derivers.setdefault(door, {})[f"{deriver.__module__}.{deriver.__name__}"] = deriver
        if follows:
            above, path = follows
            _followers.setdefault(above, []).append((door, path))
        return deriver

    return register


def names_people(namer: Namer) -> Namer:
    """Register, in `standing_grants.py`, the doors at which a person is appointed by name."""
    _namers[f"{namer.__module__}.{namer.__name__}"] = namer
    return namer


@dataclass(frozen=True)
class Drift:
    door: Model
    missing: frozenset[Grant]
    surplus: frozenset[Grant]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus)


def drift_at(door: Model) -> Drift:
    """What guardian's rows at this door lack or have too much, against the roles held."""
    derivers = _derivers.get(door._meta.label, {}).values()
    wanted = frozenset(grant for deriver in derivers for grant in deriver(door))
    present = frozenset(_present(door))
    return Drift(door, wanted - present, present - wanted)


def _present(door: Model) -> Iterator[Grant]:
    columns = ("permission__codename", "department_id")
    for holder, codename, department in _rows(group_grants, door).values_list("group_id", *columns):
        yield Grant(Permission(codename), group_id=holder, department_id=department)
    for holder, codename, department in _rows(user_grants, door).values_list("user_id", *columns):
        yield Grant(Permission(codename), user_id=holder, department_id=department)


def _rows(table: Callable[[type[Model]], type[Model]], door: Model) -> QuerySet:
    return table(type(door)).objects.filter(content_object_id=door.pk)


@transaction.atomic
def sync(door: Model) -> Drift:
    """Make guardian's rows at this door, and at the doors that follow it, equal to the roles held."""
    drift = drift_at(door)
    for grant in drift.surplus:
        _matching(door, grant).delete()
    _add(door, drift.missing)
    standing.forget()
    for label, path in _followers.get(door._meta.label, []):
        for follower in _model(label)._base_manager.filter(**{path: door}):
            sync(follower)
    return drift


def _matching(door: Model, grant: Grant) -> QuerySet:
    holder = {"group_id": grant.group_id} if grant.group_id else {"user_id": grant.user_id}
    table = group_grants if grant.group_id else user_grants
    return _rows(table, door).filter(
        permission__codename=grant.permission.value, department_id=grant.department_id, **holder
    )


def _add(door: Model, missing: Iterable[Grant]) -> None:
    permissions = {row.codename: row.pk for row in _permission_rows(type(door))}
    groups, users = group_grants(type(door)), user_grants(type(door))
    to_groups, to_users = [], []
    for grant in missing:
        common = {
            "content_object_id": door.pk,
            "permission_id": permissions[grant.permission.value],
            "department_id": grant.department_id,
        }
        if grant.group_id:
            to_groups.append(groups(group_id=grant.group_id, **common))
        else:
            to_users.append(users(user_id=grant.user_id, **common))
    groups.objects.bulk_create(to_groups)
    users.objects.bulk_create(to_users)


def _permission_rows(door: type[Model]) -> QuerySet[PermissionRow]:
    return PermissionRow.objects.filter(
        content_type__app_label=door._meta.app_label, content_type__model=door._meta.model_name
    )


@cache
def _model(label: str) -> type[Model]:
    return next(model for model in door_models() if model._meta.label == label)


def sync_many(doors: Iterable[Model]) -> None:
    for door in doors:
        sync(door)


def sync_doors_naming(person: Model) -> None:
    """The person may sign in no longer, or again: derive anew wherever they are appointed."""
    sync_many({door for namer in _namers.values() for door in namer(person)})


def all_doors() -> Iterator[Model]:
    for model in door_models():
        yield from model._base_manager.iterator()
