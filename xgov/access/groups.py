"""Who stands in which group: derived from the roles held, like the grants, and written by nothing else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model

from xgov.access import memory

Place = tuple[int, str]  # a person's key and the name of a group
People = Collection[int] | None  # None: everybody
Places = Callable[[People], Iterable[Place]]

_places: list[Places] = []


def places(function: Places) -> Places:
    """Register in which groups people ought to stand."""
    _places.append(function)
    return function


@dataclass(frozen=True)
class Drift:
    missing: frozenset[Place]
    surplus: frozenset[Place]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus)

    @property
    def people(self) -> set[int]:
        return {person for person, _group in self.missing | self.surplus}


def drift(people: People = None) -> Drift:
    """Where these people, or all, stand and ought not to, or ought to and do not. Changes nothing."""
    return _compared(_present(people), people)


def _compared(present: dict[Place, int], people: People) -> Drift:
    wanted = frozenset(place for function in _places for place in function(people))
    return Drift(wanted - present.keys(), frozenset(present.keys() - wanted))


def _through() -> type[Model]:
    return get_user_model().groups.through


def _present(people: People) -> dict[Place, int]:
    rows = _through().objects.all() if people is None else _through().objects.filter(user_id__in=people)
    return {(person, name): pk for pk, person, name in rows.values_list("pk", "user_id", "group__name")}


def sync(people: People = None) -> int:
    """Put these people, or all, in exactly their groups. As many queries for all as for one; says how many moved."""
    concerned = drift(people).people
    if concerned:
        _move(concerned)
        memory.forget()
    return len(concerned)


@transaction.atomic
def _move(people: set[int]) -> None:
    rows = get_user_model()._base_manager.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))  # whoever moves them too has finished
    present = _present(people)
    found = _compared(present, people)
    _through().objects.filter(pk__in=[present[place] for place in found.surplus]).delete()
    groups = _groups({name for _person, name in found.missing})
    added = [_through()(user_id=person, group_id=groups[name]) for person, name in found.missing]
    _through().objects.bulk_create(added, ignore_conflicts=True)


def _groups(names: set[str]) -> dict[str, int]:
    """The keys of these groups; those that were not there yet are."""
    there = Group.objects.filter(name__in=names)
    found = dict(there.values_list("name", "pk"))
    if len(found) < len(names):
        make(names - found.keys())
        found = dict(there.all().values_list("name", "pk"))
    return found


def make(names: Iterable[str]) -> None:
    """Two may do so at once."""
    Group.objects.bulk_create([Group(name=name) for name in sorted(names)], ignore_conflicts=True)
