"""Who can see a record, and why: read from the very rows that the rule is decided by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.doors import at_path, door_model, door_of, group_grants, is_sensitive, user_grants, window_is_open
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES, type_of_text
from xgov.access.standing import EVERYWHERE


@dataclass(frozen=True)
class Seat:
    """An appointment, told by the app that keeps appointments at a kind of door."""

    person_id: int
    role: str


Seats = Callable[[Model], Iterable[Seat]]
_seats: dict[str, list[Seats]] = {}


def seats_at(door: str) -> Callable[[Seats], Seats]:
    """Register who is appointed at doors of this model, so that the explanation can name the role."""

    def register(seats: Seats) -> Seats:
        _seats.setdefault(door, []).append(seats)
        return seats

    return register


@dataclass
class Sight:
    """One person who can see the record: through what, and what they may do with it."""

    person: Model
    reasons: list[str]
    permissions: frozenset[Permission]

    @property
    def may(self) -> list[type_of_text]:
        return [permission.label for permission in Permission if permission in self.permissions]


@dataclass
class _Held:
    at_door: dict[Permission, set[int | None]] = field(default_factory=lambda: defaultdict(set))
    everywhere: set[Permission] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    def because(self, reason: type_of_text) -> None:
        if str(reason) not in self.reasons:
            self.reasons.append(str(reason))


def why(record: Model, reader: Model | None = None) -> list[Sight]:
    """Everybody who can see the record, by name. A handful of queries, however many people there are.

    A reader who does not stand at its door is told only of those who see it in the same way as they do.
    """
    ways = [_from_door(record)] if reader is None or told_of_everybody(record, reader) else []
    others = [_through_window(record, window) for window in getattr(record, "windows", ())]
    others.append(_named_readers(record))
    ways += others if ways else [way for way in others if reader.pk in way]
    found: dict[int, Sight] = {}
    for way in ways:
        for person_id, sight in way.items():
            _add(found, person_id, sight.reasons, sight.permissions)
    return _who_see_every_end(record, _with_people(found))


def told_of_everybody(record: Model, reader: Model) -> bool:
    return Permission.VIEW in rules.held_at_door(reader, record)


def who_may(permission: Permission, records: Iterable[Model]) -> list[list[Model]]:
    """For each of these records, which stand behind one door, the people who hold the permission on it."""
    records = list(records)
    held = _held_at(door_of(records[0]), door_model(type(records[0]))) if records else {}
    found = [
        [
            pk
            for pk, has in held.items()
            if permission in rules.narrowed(_frozen(has), frozenset(has.everywhere), record)
        ]
        for record in records
    ]
    wanted = {pk for people in found for pk in people}
    active = get_user_model()._base_manager.filter(is_active=True).in_bulk(wanted)
    return [[active[pk] for pk in people if pk in active] for people in found]


def _who_see_every_end(record: Model, sights: list[Sight]) -> list[Sight]:
    """A record that ties others together is seen by those who see them all."""
    for end in (at_path(record, path) for path in getattr(record, "ends", ())):
        see_it = {sight.person.pk for sight in why(end)} if end is not None else set()
        sights = [sight for sight in sights if sight.person.pk in see_it]
    return sights


def _add(found: dict[int, Sight], person_id: int | None, reasons: list[str], may: frozenset[Permission]) -> None:
    if person_id is None or Permission.VIEW not in may:
        return
    sight = found.setdefault(person_id, Sight(None, [], frozenset()))
    sight.reasons += [reason for reason in reasons if reason not in sight.reasons]
    sight.permissions |= may


def _from_door(record: Model) -> dict[int, Sight]:
    found: dict[int, Sight] = {}
    for person_id, held in _held_at(door_of(record), door_model(type(record))).items():
        _add(found, person_id, held.reasons, rules.narrowed(_frozen(held), frozenset(held.everywhere), record))
    return found


def _through_window(record: Model, path: str) -> dict[int, Sight]:
    found: dict[int, Sight] = {}
    window = at_path(record, path) if window_is_open(record) else None
    needed = Permission.VIEW_SENSITIVE if is_sensitive(record) else Permission.VIEW
    for person_id, held in (_held_at(window, type(window)) if window is not None else {}).items():
        if needed in held.at_door or {needed, Permission.VIEW} <= held.everywhere:
            reasons = [_("%(reason)s, through %(window)s") % {"reason": r, "window": window} for r in held.reasons]
            _add(found, person_id, reasons, frozenset({Permission.VIEW}))
    return found


def _named_readers(record: Model) -> dict[int, Sight]:
    found: dict[int, Sight] = {}
    if path := getattr(record, "readers", None):
        for person_id in type(record)._base_manager.filter(pk=record.pk).values_list(path, flat=True):
            _add(found, person_id, [_("Named as a reader of this record")], frozenset({Permission.VIEW}))
    return found


def _frozen(held: _Held) -> Mapping[Permission, frozenset[int | None]]:
    return {permission: frozenset(departments) for permission, departments in held.at_door.items()}


def _held_at(door: Model | None, kind: type[Model]) -> dict[int, _Held]:
    """Who holds what at a door of this kind; a record without a door has the people who hold it everywhere."""
    held: dict[int, _Held] = defaultdict(_Held)
    if door is not None:
        _by_membership(door, held)
        _by_appointment(door, held)
    _everywhere(kind, held)
    return held


def _by_membership(door: Model, held: dict[int, _Held]) -> None:
    rows = group_grants(type(door)).objects.filter(content_object_id=door.pk)
    rows = list(rows.select_related("group", "permission", "department"))
    people = _people_of({row.group_id for row in rows})
    for row in rows:
        role = ROLES.get(row.group.name.rsplit(":", 1)[-1])
        reason = _("%(role)s of %(department)s") % {"role": role.label if role else "", "department": row.department}
        for person_id in people.get(row.group_id, ()):
            held[person_id].at_door[Permission(row.permission.codename)].add(row.department_id)
            held[person_id].because(reason)


def _people_of(group_ids: set[int]) -> dict[int, list[int]]:
    people: dict[int, list[int]] = defaultdict(list)
    through = get_user_model().groups.through
    for group_id, person_id in through.objects.filter(group_id__in=group_ids).values_list("group_id", "user_id"):
        people[group_id].append(person_id)
    return people


def _by_appointment(door: Model, held: dict[int, _Held]) -> None:
    roles: dict[int, list[str]] = defaultdict(list)
    for seats in _seats.get(door._meta.label, ()):
        for seat in seats(door):
            roles[seat.person_id].append(str(ROLES[seat.role].label))
    rows = user_grants(type(door)).objects.filter(content_object_id=door.pk).select_related("permission")
    for row in rows:
        held[row.user_id].at_door[Permission(row.permission.codename)].add(row.department_id)
        for role in roles.get(row.user_id) or [_("Appointed")]:
            held[row.user_id].because(_("%(role)s of %(door)s") % {"role": role, "door": door})


def _everywhere(kind: type[Model], held: dict[int, _Held]) -> None:
    groups = {group.pk: group.name for group in Group.objects.filter(name__startswith=EVERYWHERE)}
    for group_id, people in _people_of(set(groups)).items():
        role = ROLES.get(groups[group_id].removeprefix(EVERYWHERE))
        permissions = role.everywhere.get(kind._meta.label, frozenset()) if role else frozenset()
        for person_id in people if permissions else ():
            held[person_id].everywhere |= permissions
            held[person_id].because(role.label)


def _with_people(found: dict[int, Sight]) -> list[Sight]:
    people = get_user_model()._base_manager.filter(is_active=True).select_related("home_department").in_bulk(found)
    for person_id, sight in found.items():
        sight.person = people.get(person_id)
    seen = [sight for sight in found.values() if sight.person is not None]
    return sorted(seen, key=lambda sight: str(sight.person).casefold())
