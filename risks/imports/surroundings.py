"""What every row of a file is read against: who is in the programme, and how its register works. Asked once a file."""

from collections import defaultdict
from collections.abc import Container
from functools import cached_property

from programmes.models import Programme
from risks.register_terms import Terms, terms_now
from risks.standing import departments_in, possible_owners
from xgov.accounts.models import Department, User
from xgov.records.fields import Marking


class Surroundings:
    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.terms: Terms = terms_now(programme)
        self.departments: dict[int, Department] = {each.pk: each for each in departments_in(programme)}
        self.owners: dict[int, User] = {each.pk: each for each in possible_owners(programme)}

    def owners_of(self, marking: str) -> Container[int]:
        """Who can own a risk that is so marked."""
        return self._cleared if marking == Marking.OFFICIAL_SENSITIVE else self.owners

    @cached_property
    def _cleared(self) -> frozenset[int]:
        cleared = possible_owners(self.programme, Marking.OFFICIAL_SENSITIVE)
        return frozenset(cleared.values_list("pk", flat=True))

    @cached_property
    def department_by_name(self) -> dict[str, Department]:
        found = {}
        for department in self.departments.values():
            for name in (department.name, department.abbreviation, department.slug):
                if name:
                    found.setdefault(_folded(name), department)
        return found

    @cached_property
    def owner_by_email(self) -> dict[str, User]:
        return {person.email.casefold(): person for person in self.owners.values()}

    @cached_property
    def owners_by_name(self) -> dict[str, list[User]]:
        found: dict[str, list[User]] = defaultdict(list)
        for person in self.owners.values():
            found[_folded(person.name)].append(person)
        return found

    def department(self, name: str) -> Department | None:
        return self.department_by_name.get(_folded(name))

    def person(self, words: str) -> User | None:
        """By email address, or by a name that only one of them has."""
        if (person := self.owner_by_email.get(words.strip().casefold())) is not None:
            return person
        same_name = self.owners_by_name.get(_folded(words), [])
        return same_name[0] if len(same_name) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
