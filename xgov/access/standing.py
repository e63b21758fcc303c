"""Where one person stands: the doors open to them, asked of the database once a request."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet

from xgov.access.doors import group_grants, user_grants
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES

EVERYWHERE = "everywhere:"

_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("xgov_standing", default=None)
_withheld: ContextVar[frozenset[Permission]] = ContextVar("xgov_withheld", default=frozenset())


@contextmanager
def remembering() -> Iterator[None]:
    """For the length of one request or job, each question about a person's standing is asked once."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


@contextmanager
def withholding(*permissions: Permission) -> Iterator[None]:
    """Inside, nobody holds these permissions: what is read then is fit for people who do not."""
    token = _withheld.set(_withheld.get().union(permissions))
    try:
        with remembering():
            yield
    finally:
        _withheld.reset(token)


def forget() -> None:
    """What was remembered is no longer true: a grant has changed."""
    memory = _remembered.get()
    if memory is not None:
        memory.clear()


def _once(key: Hashable, ask: Callable[[], Any]) -> Any:
    memory = _remembered.get()
    if memory is None:
        return ask()
    if key not in memory:
        memory[key] = ask()
    return memory[key]


def everywhere(user: Model, door: type[Model]) -> frozenset[Permission]:
    """What the person may do at every door of this kind, by a role of the centre or the platform."""

    def ask() -> frozenset[str]:
        names = Group.objects.filter(user=user, name__startswith=EVERYWHERE).values_list("name", flat=True)
        return frozenset(name.removeprefix(EVERYWHERE) for name in names)

    held = _once(("everywhere", user.pk), ask)
    gathered: set[Permission] = set()
    for key in held:
        gathered |= ROLES[key].everywhere.get(door._meta.label, frozenset())
    return frozenset(gathered) - _withheld.get()


# Asked for together: a list of records that may be sensitive needs both.
_SEEING = (Permission.VIEW, Permission.VIEW_SENSITIVE)


def open_doors(user: Model, door: type[Model], permission: Permission) -> frozenset[int]:
    """The primary keys of the doors at which the person holds the permission."""
    if permission in _withheld.get():
        return frozenset()
    together = _SEEING if permission in _SEEING else (permission,)

    def ask() -> dict[str, frozenset[int]]:
        held: dict[str, set[int]] = {}
        for codename, door_id in _held(user, door, together, "permission__codename", "content_object_id"):
            held.setdefault(codename, set()).add(door_id)
        return {codename: frozenset(ids) for codename, ids in held.items()}

    return _once(("doors", user.pk, door, together), ask).get(permission.value, frozenset())


def open_doors_query(user: Model, door: type[Model], permission: Permission) -> QuerySet:
    return _held(user, door, (permission,), "content_object_id")


def _held(user: Model, door: type[Model], permissions: Sequence[Permission], *columns: str) -> QuerySet:
    """What the person's groups and the person alone hold at doors of this kind."""
    wanted = {"permission__codename__in": [permission.value for permission in permissions]}
    through_groups = group_grants(door).objects.filter(group__user=user, **wanted)
    through_user = user_grants(door).objects.filter(user=user, **wanted)
    return through_groups.values_list(*columns).order_by().union(through_user.values_list(*columns).order_by())


def held_at(user: Model, door: Model) -> dict[Permission, frozenset[int]]:
    """What the person holds at one door, and for which departments they hold it."""

    def ask() -> dict[Permission, frozenset[int]]:
        columns = ("permission__codename", "department_id")
        through_groups = group_grants(type(door)).objects.filter(group__user=user, content_object_id=door.pk)
        through_user = user_grants(type(door)).objects.filter(user=user, content_object_id=door.pk)
        rows = through_groups.values_list(*columns).order_by().union(through_user.values_list(*columns).order_by())
        held: dict[Permission, set[int]] = {}
        for codename, department_id in rows:
            held.setdefault(Permission(codename), set()).add(department_id)
        withheld = _withheld.get()
        return {permission: frozenset(where) for permission, where in held.items() if permission not in withheld}

    return _once(("held", user.pk, type(door), door.pk), ask)
