"""The whole rule of who may see and do what. Everything else asks here.

Permissions are held at doors (Programme, Board, Department). A record stands behind its door, may be seen through
windows, and may have a keeper: the department whose people may change it. See docs/decisions for the reasons.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from xgov.access import standing
from xgov.access.doors import (
    SENSITIVE,
    at_path,
    door_field,
    door_model,
    door_of,
    is_sensitive,
    keeper_id_of,
    marking_field,
    model_at,
    sensitive_doors,
)
from xgov.access.permissions import HELD_FOR_A_DEPARTMENT, IMPLIES, Permission

M = TypeVar("M", bound=Model)

# Past so many doors the database does better with the question than with the list of answers.
DOORS_AS_LIST = 3000

_VIEW = (Permission.VIEW,)
_VIEW_OR_MORE = (*_VIEW, *(strong for strong, weak in IMPLIES.items() if weak == Permission.VIEW))
_NONE = Q(pk__in=[])


def visible(queryset: QuerySet[M], user: Model) -> QuerySet[M]:
    """The records of the queryset that the person may see. Every read for a person starts here."""
    if not _may_enter(user):
        return queryset.none()
    model = queryset.model
    for end in getattr(model, "ends", ()):
        queryset = queryset.filter(**{f"{end}__in": visible(model_at(model, end)._base_manager.order_by(), user)})
    seen = _seen_from(model, door_model(model), door_field(model), user, _VIEW_OR_MORE)
    for window in getattr(model, "windows", ()):
        if seen is None:
            break
        through = _while_open(model, _seen_from(model, model_at(model, window), f"{window}_id", user, _VIEW))
        seen = None if through is None else seen | through
    if seen is None:
        return queryset
    return queryset.filter(seen | _named_reader(model, user))


def _while_open(model: type[Model], through: Q | None) -> Q | None:
    """What is seen through a window, less what its own state hides there."""
    condition = getattr(model, "windows_open_while", None)
    if condition is None:
        return through
    is_open = Q(**{f"{condition[0]}__in": condition[1]})
    return is_open if through is None else through & is_open


def _may_enter(user: Model) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def _seen_from(model: type[Model], door: type[Model], path: str, user: Model, by: tuple[Permission, ...]) -> Q | None:
    """The condition under which a record is seen from the door at this path; None: all are."""
    everywhere = standing.everywhere(user, door)
    sees_every_door = not everywhere.isdisjoint(by)
    if not sees_every_door and _sees_whatever_is_marked(user, door, by):
        return _through(path, user, door, by)
    sensitive = _sensitive(model)
    if sees_every_door and (sensitive is None or Permission.VIEW_SENSITIVE in everywhere):
        return None
    seen = Q() if sees_every_door else _through(path, user, door, by)
    if sensitive is None:
        return seen
    return (seen & ~sensitive) | _through(path, user, door, (Permission.VIEW_SENSITIVE,))


def _sees_whatever_is_marked(user: Model, door: type[Model], by: tuple[Permission, ...]) -> bool:
    """At each door that is open to them they may see the sensitive records too: no marking need be looked at."""
    return standing.open_doors(user, door, *by) <= standing.open_doors(user, door, Permission.VIEW_SENSITIVE)


def _sensitive(model: type[Model]) -> Q | None:
    """What makes a record sensitive: its own marking, or that of the door it stands behind."""
    marking, door = marking_field(model), door_model(model)
    found = None if marking is None else Q(**{marking: SENSITIVE})
    if model.door == "self" or not (doors := sensitive_doors(door)):
        return found
    behind = Q(**{f"{door_field(model)}__in": doors})
    return behind if found is None else found | behind


def _through(path: str, user: Model, door: type[Model], by: tuple[Permission, ...]) -> Q:
    doors = standing.open_doors(user, door, *by)
    if len(doors) > DOORS_AS_LIST:
        doors = standing.open_doors_query(user, door, *by)
    return Q(**{f"{path}__in": doors})


def _named_reader(model: type[Model], user: Model) -> Q:
    """People named as readers of a record (a pack issued to them) never lose sight of it.

    What is read for people who may not see sensitive records holds none of these, whoever reads it for them.
    """
    path = getattr(model, "readers", None)
    if path is None:
        return _NONE
    named = Q(Exists(model._base_manager.filter(**{"pk": OuterRef("pk"), path: user})))
    sensitive = _sensitive(model) if standing.is_withheld(Permission.VIEW_SENSITIVE) else None
    return named if sensitive is None else named & ~sensitive


def permissions_on(user: Model, record: Model) -> frozenset[Permission]:
    """What the person may do with this very record: the door's, the keeper rule, the sensitive clause."""
    held = held_at_door(user, record)
    if Permission.VIEW not in held and record.pk and _sees_every_end(user, record) and _seen_otherwise(record, user):
        held = frozenset({Permission.VIEW})
    return held


def held_at_door(user: Model, record: Model) -> frozenset[Permission]:
    """What is held of the record by who stands at its door: less than `permissions_on` by what windows show."""
    if not (_may_enter(user) and _sees_every_end(user, record)):
        return frozenset()
    door = door_of(record)
    at_door = standing.held_at(user, door) if door is not None and door.pk else {}
    return narrowed(at_door, standing.everywhere(user, door_model(type(record))), record)


def _sees_every_end(user: Model, record: Model) -> bool:
    ends = (at_path(record, end) for end in getattr(record, "ends", ()))
    return all(end is None or can(user, Permission.VIEW, end) for end in ends)


def narrowed(
    at_door: Mapping[Permission, frozenset[int | None]], everywhere: frozenset[Permission], record: Model
) -> frozenset[Permission]:
    """What is left, for this very record, of what somebody holds at its door: the keeper rule and the sensitive clause.

    `at_door` says for which departments each permission is held.
    """
    held = set(at_door) | everywhere
    if getattr(record, "keeper", None):
        keeper_id = keeper_id_of(record)  # None while nobody keeps it: then no department's people do
        kept_by_them = {p for p, departments in at_door.items() if keeper_id is not None and keeper_id in departments}
        held -= HELD_FOR_A_DEPARTMENT - kept_by_them
    held |= {weak for strong, weak in IMPLIES.items() if strong in held}
    if Permission.VIEW_SENSITIVE not in held and is_sensitive(record):
        return frozenset()
    return frozenset(held)


def _seen_otherwise(record: Model, user: Model) -> bool:
    model = type(record)
    if not (getattr(model, "windows", ()) or getattr(model, "readers", None)):
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
    except (queryset.model.DoesNotExist, ValueError, ValidationError, DataError) as absent:
        raise Http404 from absent


def acting_for(user: Model, permission: Permission, door: Model) -> frozenset[int]:
    """The departments for which the person holds the permission at this door."""
    if not _may_enter(user):
        return frozenset()
    return frozenset(pk for pk in standing.held_at(user, door).get(permission, frozenset()) if pk is not None)
