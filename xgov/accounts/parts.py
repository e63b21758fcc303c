"""What the floors above tell of a department and of a person: a shelf that the pages of accounts read.

An app says it in its `department_parts.py`:

    @part_of_department
    def programmes_of(department, reader) -> Part: ...

    @roles_of_person
    def appointments_of(person, reader) -> Iterator[RoleHeld]: ...

Both must start at what the reader may see; None is no part of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from xgov.access.roles import ROLES, Role, type_of_text
from xgov.accounts.models import Department, User


@dataclass(frozen=True)
class Line:
    """One thing that belongs to the department: its name and page, and a few words on it."""

    name: type_of_text
    url: str
    words: type_of_text = ""
    tag: type_of_text = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Part:
    """A group of lines under a heading on a department's page. `more_url` leads to all, where there are more."""

    title: type_of_text
    lines: list[Line]
    empty: type_of_text = ""
    more_url: str = ""
    more_words: type_of_text = ""
    order: int = 50


@dataclass(frozen=True)
class RoleHeld:
    """A role that a person holds: where, since when, until when, and who gave it."""

    role: str
    where: type_of_text
    url: str
    since: date
    until: date | None = None
    given_by: str = ""
    details: list[type_of_text] = field(default_factory=list)

    @property
    def words(self) -> Role:
        return ROLES[self.role]


Parts = Callable[[Department, User], Part | None]
Roles = Callable[[User, User], Iterable[RoleHeld]]

_parts: list[Parts] = []
_roles: list[Roles] = []


def part_of_department(function: Parts) -> Parts:
    _parts.append(function)
    return function


def roles_of_person(function: Roles) -> Roles:
    _roles.append(function)
    return function


def parts_of(department: Department, reader: User) -> list[Part]:
    found = (part(department, reader) for part in _parts)
    return sorted((part for part in found if part is not None), key=lambda part: part.order)


def roles_held(person: User, reader: User) -> list[RoleHeld]:
    """Every role of the person that the reader may know of, in departments and, from the floors above, elsewhere."""
    found = [held for function in _roles for held in function(person, reader)]
    return sorted(found, key=lambda held: (str(held.where), held.since))
