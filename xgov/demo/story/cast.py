"""Who is who in the story, and which departments they speak for."""

from dataclasses import dataclass

from programmes.models import Programme
from xgov.accounts.models import Department, User
from xgov.demo import people as p


@dataclass
class StoryCast:
    people: dict[str, User]
    departments: dict[str, Department]
    programme: Programme | None = None

    def __getitem__(self, address: str) -> User:
        """`cast["sro@mhclg"]`"""
        return self.people[f"{address}.example"]

    @property
    def manager(self) -> User:
        return self["manager@mhclg"]

    @property
    def sro(self) -> User:
        return self["sro@mhclg"]


def gather(people: dict[str, User]) -> StoryCast:
    slugs = [p.MHCLG, p.DWP, p.MOJ, p.DHSC, p.HOME_OFFICE, p.NAO]
    return StoryCast(people, {each.slug: each for each in Department.objects.filter(slug__in=slugs)})
