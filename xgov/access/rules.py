"""The whole rule of who may see and do what. Everything else asks here.

Permissions are held at doors (Programme, Board, Department). A record stands behind its door, may be seen through
windows, and may have a keeper: the department whose people may change it. See docs/decisions for the reasons.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from xgov.access import standing
from xgov.access.doors import (
    SENSITIVE,
    door_field,
    door_model,
    door_of,
    is_sensitive,
    keeper_id_of,
    marking_field,
    model_at,
)
from xgov.access.permissions import HELD_FOR_A_DEPARTMENT, Permission

M = TypeVar("M", bound=Model)

# Past so many doors the database does better with the question than with the list of answers.
DOORS_AS_LIST = 3000


def visible(queryset: QuerySet[M], user: Model) -> QuerySet[M]:
    """The records of the queryset that the person may see. Every read for a person starts here."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return queryset.none()
    model = queryset.model
    seen = _behind(model, door_model(model), door_field(model), user)
    for window in getattr(model, "windows", ()):
        if seen is None:
            break
        through = _behind(model, model_at(model, window), f"{window}_id", user)
        seen = None if through is None else seen | through
    if seen is None:
        return queryset
    return queryset.filter(seen | _named_reader(model, user))


def _behind(model: type[Model], door: type[Model], path: str, user: Model) -> Q | None:
    """The condition under which a record is seen from the door at this path; None: all are."""
    marking = marking_field(model)
    plain = Q() if marking is None else ~Q(**{marking: SENSITIVE})
    everywhere = standing.everywhere(user, door)
    if Permission.VIEW in everywhere and (marking is None or Permission.VIEW_SENSITIVE in everywhere):
        return None
    seen = plain if Permission.VIEW in everywhere else plain & _through(path, user, door, Permission.VIEW)
    if marking is not None:
        seen |= Q(**{marking: SENSITIVE}) & _through(path, user, door, Permission.VIEW_SENSITIVE)
    return seen


def _through(path: str, user: Model, door: type[Model], permission: Permission) -> Q:
    doors = standing.open_doors(user, door, permission)
    if len(doors) > DOORS_AS_LIST:
        return Q(**{f"{path}__in": standing.open_doors_query(user, door, permission)})
    return Q(**{f"{path}__in": doors})


def _named_reader(model: type[Model], user: Model) -> Q:
    """People named as readers of a record (a pack issued to them) never lose sight of it."""
    path = getattr(model, "readers", None)
    if path is None:
        return Q(pk__in=[])
    return Q(Exists(model._base_manager.filter(**{"pk": OuterRef("pk"), path: user})))


def permissions_on(user: Model, record: Model) -> frozenset[Permission]:
    """What the person may do with this very record: the door's, the keeper rule, the sensitive clause."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    door = door_of(record)
    held = frozenset()
    if door is not None:
        at_door = standing.held_at(user, door) if door.pk else {}
        held = narrowed(at_door, standing.everywhere(user, type(door)), record)
    if Permission.VIEW not in held and record.pk and _seen_otherwise(record, user):
        held = frozenset({Permission.VIEW})
    return held


def narrowed(
    at_door: Mapping[Permission, frozenset[int | None]], everywhere: frozenset[Permission], record: Model
) -> frozenset[Permission]:
    """What is left, for this very record, of what somebody holds at its door: the keeper rule and the sensitive clause.

    `at_door` says for which departments each permission is held.
    """
    held = set(at_door) | everywhere
    keeper_id = keeper_id_of(record)
    if keeper_id is not None:
        held -= {p for p in HELD_FOR_A_DEPARTMENT & held if keeper_id not in at_door.get(p, frozenset())}
    if Permission.MANAGE in held:
        held.add(Permission.CONTRIBUTE)
    if is_sensitive(record) and Permission.VIEW_SENSITIVE not in held:
        return frozenset()
    return frozenset(held)


def _seen_otherwise(record: Model, user: Model) -> bool:
    model = type(record)
    if not getattr(model, "windows", ()) and getattr(model, "readers", None) is None:
        return False
    return visible(model._base_manager.filter(pk=record.pk), user).exists()


def can(user: Model, permission: Permission, record: Model) -> bool:
    return permission in permissions_on(user, record)


def require(user: Model, permission: Permission, record: Model) -> None:
    """Raise PermissionDenied, in a sentence, unless the person may."""
    if not can(user, permission, record):
        raise PermissionDenied(
            _("This needs the permission “%(words)s”, which you do not hold for this record.")
            % {"words": Permission(permission).label}
        )


def find(queryset: QuerySet[M], user: Model, **lookup: Any) -> M:
    """The one record that the person may see, or 404: what is not visible does not exist for them."""
    if any(isinstance(value, str) and "\0" in value for value in lookup.values()):  # PostgreSQL refuses to be asked
        raise Http404
    try:
        return visible(queryset, user).get(**lookup)
    except (queryset.model.DoesNotExist, ValueError) as absent:
        raise Http404 from absent


def acting_for(user: Model, permission: Permission, door: Model) -> frozenset[int]:
    """The departments for which the person holds the permission at this door."""
    return frozenset(pk for pk in standing.held_at(user, door).get(permission, frozenset()) if pk is not None)
