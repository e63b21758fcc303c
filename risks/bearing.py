"""What a risk bears on, as one person may see it."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

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
    with_things = with_bearing(Risk.objects.filter(pk=risk.pk), person).get()
    return bearing_read(with_things)


def with_bearing(risks: QuerySet[Risk], person: User) -> QuerySet[Risk]:
    """So that `bearing_read` asks nothing more of each: three queries, however many risks there are."""
    things = AffectedThing.objects.current().exclude(
        project__isnull=False, project__in=_out_of_sight(person)
    ).select_related("project")  # fmt: skip
    departments = AffectedDepartment.objects.current().select_related("department")
    return risks.prefetch_related(
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
