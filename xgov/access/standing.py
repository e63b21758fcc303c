"""Where one person stands: the doors open to them, asked of the database once a request."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet

from xgov.access.doors import door_models, group_grants, user_grants
from xgov.access.memory import forget, once, remembering
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES

__all__ = [
    "EVERYWHERE",
    "everywhere",
    "fingerprint",
    "forget",
    "group_name",
    "held_at",
    "holding_at",
    "is_withheld",
    "open_doors",
    "open_doors_query",
    "remembering",
    "withholding",
]

# People stand in groups: `department:12:viewer` for each role in a department, `everywhere:centre` for the centre's.
EVERYWHERE = "everywhere:"
DEPARTMENT = "department:"

# Asked together, because every list needs them all.
_SIGHT = frozenset({Permission.VIEW, Permission.VIEW_SENSITIVE, Permission.ADMINISTER})

_withheld: ContextVar[frozenset[Permission]] = ContextVar("xgov_withheld", default=frozenset())


@contextmanager
def withholding(*permissions: Permission) -> Iterator[None]:
    """Inside, nobody holds these permissions: what is read then is fit for people who do not."""
    token = _withheld.set(_withheld.get().union(permissions))
    try:
        with remembering():
            yield
    finally:
        _withheld.reset(token)


def is_withheld(permission: Permission) -> bool:
    return permission in _withheld.get()


def group_name(department_id: int, role: str) -> str:
    return f"{DEPARTMENT}{department_id}:{role}"


def _group_names(user: Model) -> tuple[str, ...]:
    groups = Group.objects.filter(user=user).order_by()
    return once(("groups", user.pk), lambda: tuple(groups.values_list("name", flat=True)))


def everywhere(user: Model, door: type[Model]) -> frozenset[Permission]:
    """What the person may do at every door of this kind, by a role of the centre or the platform."""
    gathered: set[Permission] = set()
    for name in _group_names(user):
        role = ROLES.get(name.removeprefix(EVERYWHERE)) if name.startswith(EVERYWHERE) else None
        if role is not None:
            gathered |= role.everywhere.get(door._meta.label, frozenset())
    return frozenset(gathered) - _withheld.get()


def open_doors(user: Model, door: type[Model], *permissions: Permission) -> frozenset[int]:
    """The primary keys of the doors at which the person holds one of the permissions."""
    asked = set(permissions) - _withheld.get()
    found = _doors_of_sight(user, door) if asked <= _SIGHT else _doors_by_permission(user, door, asked)
    return frozenset().union(*(found.get(permission, frozenset()) for permission in asked))


def _doors_of_sight(user: Model, door: type[Model]) -> dict[str, set[int]]:
    return once(("doors", user.pk, door), lambda: _doors_by_permission(user, door, _SIGHT))


def _doors_by_permission(user: Model, door: type[Model], asked: Collection[Permission]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for codename, pk in _open_doors(user, door, asked, "permission__codename", "content_object_id"):
        found.setdefault(codename, set()).add(pk)
    return found


def open_doors_query(user: Model, door: type[Model], *permissions: Permission) -> QuerySet:
    return _open_doors(user, door, set(permissions) - _withheld.get(), "content_object_id")


def _open_doors(user: Model, door: type[Model], asked: Collection[Permission], *columns: str) -> QuerySet:
    codes = sorted(permission.value for permission in asked)
    through_groups = group_grants(door).objects.filter(group__user=user, permission__codename__in=codes)
    through_user = user_grants(door).objects.filter(user=user, permission__codename__in=codes)
    return through_groups.values_list(*columns).order_by().union(through_user.values_list(*columns).order_by())


def held_at(user: Model, door: Model) -> dict[Permission, frozenset[int | None]]:
    """What the person holds at one door, and for which departments they hold it."""

    def ask() -> dict[Permission, frozenset[int | None]]:
        columns = ("permission__codename", "department_id")
        through_groups = group_grants(type(door)).objects.filter(group__user=user, content_object_id=door.pk)
        through_user = user_grants(type(door)).objects.filter(user=user, content_object_id=door.pk)
        rows = through_groups.values_list(*columns).order_by().union(through_user.values_list(*columns).order_by())
        held: dict[Permission, set[int | None]] = {}
        for codename, department_id in rows:
            if codename in Permission.values:
                held.setdefault(Permission(codename), set()).add(department_id)
        withheld = _withheld.get()
        return {permission: frozenset(where) for permission, where in held.items() if permission not in withheld}

    return once(("held", user.pk, type(door), door.pk), ask)


def holding_at(
    door: type[Model], doors: Collection[int], people: Collection[int], *permissions: Permission
) -> set[tuple[int, int, str]]:
    """Which of the people who may sign in hold which of the permissions at which doors: two queries, however many.

    What is held everywhere, by a role of the centre or the platform, does not count here.
    """
    asked = {"content_object__in": doors, "permission__codename__in": [permission.value for permission in permissions]}
    columns = ("content_object_id", "permission__codename")
    members = get_user_model().objects.filter(pk__in=people, is_active=True)
    through_groups = group_grants(door).objects.filter(group__user__in=members, **asked).order_by()
    through_user = user_grants(door).objects.filter(user__in=members, **asked).order_by()
    return {
        *through_groups.values_list("group__user", *columns),
        *through_user.values_list("user", *columns),
    }


def fingerprint(user: Model) -> str:
    """Another one as soon as the person may do more or less, at any door or everywhere."""
    columns = ("permission__codename", "content_object_id", "department_id")
    held = [(name,) for name in Group.objects.filter(user=user).order_by().values_list("name", flat=True)]
    for door in door_models():
        for rows in (
            group_grants(door).objects.filter(group__user=user), user_grants(door).objects.filter(user=user),
        ):  # fmt: skip
            held += [(door._meta.label, *row) for row in rows.order_by().values_list(*columns)]
    return sha256(repr((user.is_active, sorted(set(held), key=repr))).encode()).hexdigest()
