"""What a risk bears on, as one person may see it."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from programmes.models import Programme
from risks.models import AffectedDepartment, AffectedThing, Risk
from xgov.accounts.models import Department, User


@dataclass
class Bearing:
    departments: list[Department] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    projects: list[Programme | str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.departments or self.objectives or self.projects)


def bearing_of(risk: Risk, person: User) -> Bearing:
    """What the risk bears on today. A project held in xgov that the person may not see is not named to them."""
    prefetch_related_objects([risk], *_what_it_bears_on(person))
    return bearing_read(risk)


def with_bearing(risks: QuerySet[Risk], person: User) -> QuerySet[Risk]:
    """So that `bearing_read` asks nothing more of each: two queries more, however many risks there are."""
    return risks.prefetch_related(*_what_it_bears_on(person))


def _what_it_bears_on(person: User) -> tuple[Prefetch, Prefetch]:
    things = AffectedThing.objects.current().exclude(
        project__isnull=False, project__in=_out_of_sight(person)
    ).select_related("project")  # fmt: skip
    departments = AffectedDepartment.objects.current().select_related("department")
    return (
        Prefetch("affected_things", queryset=things, to_attr="things_affected"),
        Prefetch("affected_departments", queryset=departments, to_attr="departments_affected"),
    )


def bearing_read(risk: Risk) -> Bearing:
    found = Bearing([row.department for row in risk.departments_affected])
    for thing in risk.things_affected:
        named = thing.project or thing.name
        (found.objectives if thing.kind == AffectedThing.Kind.OBJECTIVE else found.projects).append(named)
    return found


def _out_of_sight(person: User) -> QuerySet[Programme]:
    return Programme.objects.exclude(pk__in=Programme.objects.visible_to(person).values("pk"))
