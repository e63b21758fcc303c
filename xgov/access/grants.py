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

from xgov.access import memory
from xgov.access.doors import at_path, door_models, group_grants, user_grants
from xgov.access.permissions import Permission


@dataclass(frozen=True)
class Grant:
    """One thing one holder ought to be allowed at a door. Exactly one of group_id and user_id is set."""

    permission: Permission
    group_id: int | None = None
    user_id: int | None = None
    department_id: int | None = None


Deriver = Callable[[Model], Iterable[Grant]]
Preparation = Callable[[Model], None]

_derivers: dict[str, dict[str, Deriver]] = {}
_preparations: dict[str, list[Preparation]] = {}
_followers: dict[str, list[tuple[str, str]]] = {}


def derives(
    door: str, *, follows: tuple[str, str] | None = None, first: Preparation | None = None
) -> Callable[[Deriver], Deriver]:
    """Register what is granted at doors of this model. Deriving only reads.

    `follows=(label, path)` re-derives it with the door above; `first` makes what has to be there before grants can be.
    """

    def register(deriver: Deriver) -> Deriver:
        _derivers.setdefault(door, {})[f"{deriver.__module__}.{deriver.__name__}"] = deriver
        if follows:
            above, path = follows
            _followers.setdefault(above, []).append((door, path))
        if first:
            _preparations.setdefault(door, []).append(first)
        return deriver

    return register


@dataclass(frozen=True)
class Drift:
    door: Model
    missing: frozenset[Grant]
    surplus: frozenset[Grant]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus)


def drift_at(door: Model) -> Drift:
    """What guardian's rows at this door lack or have too much, against the roles held. Changes nothing."""
    return _compared(door, _present(door))


def _compared(door: Model, present: dict[Grant, int]) -> Drift:
    derivers = _derivers.get(door._meta.label, {}).values()
    wanted = frozenset(grant for deriver in derivers for grant in deriver(door))
    return Drift(door, wanted - present.keys(), frozenset(present.keys() - wanted))


def _present(door: Model) -> dict[Grant, int]:
    """The keys of the rows that are there, by what they grant."""
    found: dict[Grant, int] = {}
    columns = ("pk", "permission__codename", "department_id")
    for pk, codename, department, holder in _rows(group_grants, door).values_list(*columns, "group_id"):
        found[Grant(_permission(codename), group_id=holder, department_id=department)] = pk
    for pk, codename, department, holder in _rows(user_grants, door).values_list(*columns, "user_id"):
        found[Grant(_permission(codename), user_id=holder, department_id=department)] = pk
    return found


def _permission(codename: str) -> Permission:
    """One that no role gives, put there by hand, stays as it is: it will be found to be too much."""
    return Permission(codename) if codename in Permission.values else codename


def _rows(table: Callable[[type[Model]], type[Model]], door: Model) -> QuerySet:
    return table(type(door)).objects.filter(content_object_id=door.pk)


@transaction.atomic
def sync(door: Model) -> Drift:
    """Make guardian's rows at this door, and at the doors that follow it, equal to the roles held."""
    _hold(door)
    for prepare in _preparations.get(door._meta.label, ()):
        prepare(door)
    present = _present(door)
    drift = _compared(door, present)
    _remove(door, present, drift.surplus)
    _add(door, drift.missing)
    memory.forget()
    for label, path in _followers.get(door._meta.label, []):
        for follower in _model(label)._base_manager.filter(**{path: door}).order_by("pk"):
            sync(follower)
    return drift


def _hold(door: Model) -> None:
    """Of two derivations at one door the second waits, and reads what the first has left. The door above comes first,
    so that no two wait for each other.
    """
    for above, followers in _followers.items():
        for label, path in followers:
            if label == door._meta.label:
                _lock(_model(above), at_path(door, path).pk)
    _lock(type(door), door.pk)


def _lock(model: type[Model], pk: int) -> None:
    model._base_manager.select_for_update(no_key=True).order_by().values_list("pk").get(pk=pk)


def _remove(door: Model, present: dict[Grant, int], surplus: frozenset[Grant]) -> None:
    for table, column in ((group_grants, "group_id"), (user_grants, "user_id")):
        gone = [present[grant] for grant in surplus if getattr(grant, column) is not None]
        if gone:
            table(type(door)).objects.filter(pk__in=gone).delete()


def _add(door: Model, missing: Iterable[Grant]) -> None:
    if not missing:
        return
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


def all_doors() -> Iterator[Model]:
    for model in door_models():
        yield from model._base_manager.iterator()
