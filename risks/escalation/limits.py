"""Which appetite applies to a risk: the strictest of all that concern it.

Concerned are all departments together (the joint appetite of the programme), the department that keeps the risk and
those it affects: each by what it agreed in this programme, or else by what it agreed for itself. An appetite says
nothing of a risk that was scored on another scale.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import Q

from risks.models import AffectedDepartment, Appetite, DepartmentAppetite, Risk
from risks.models.appetites import RiskLimits

MANY = 2000  # past so many the database does better without the list of them

Affecting = Mapping[int, Collection[int]]  # the departments that a risk affects
Pair = tuple[int | None, int | None]  # appetite and tolerance; None: nothing has been agreed


@dataclass
class Appetites:
    """All that are in force for some risks, by what they hold for; and the departments that the risks affect."""

    joint: dict[tuple[int, str, str], RiskLimits] = field(default_factory=dict)
    party: dict[tuple[int, int, str, str], RiskLimits] = field(default_factory=dict)
    department: dict[tuple[int, str, str], RiskLimits] = field(default_factory=dict)
    affected: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def concerning(self, risk: Risk) -> list[RiskLimits]:
        """What has been agreed by anybody whom the risk concerns, the strictest first."""
        programme, category, scale = risk.programme_id, risk.category, risk.scale
        found = [
            self.joint.get((programme, category, scale)),
            *(
                self.party.get((programme, department, category, scale))
                or self.department.get((department, category, scale))
                for department in (risk.kept_by_id, *self.affected.get(risk.pk, ()))
            ),
        ]
        agreed = (each for each in found if each is not None)
        return sorted(agreed, key=lambda each: (each.max_residual_score, each.tolerance_score))

    def limits(self, risk: Risk) -> Pair:
        found = strictest_of(self.concerning(risk))
        return (found.appetite.max_residual_score, found.tolerance.tolerance_score) if found else (None, None)


@dataclass(frozen=True)
class Strictest:
    """The strictest appetite and the strictest tolerance. They need not be the same department's."""

    appetite: RiskLimits
    tolerance: RiskLimits

    @property
    def is_of_one(self) -> bool:
        return self.appetite is self.tolerance


def strictest_of(limits: Collection[RiskLimits]) -> Strictest | None:
    """Of several that are equally strict, the one that is strict in both."""
    if not limits:
        return None
    return Strictest(
        min(limits, key=lambda each: (each.max_residual_score, each.tolerance_score)),
        min(limits, key=lambda each: (each.tolerance_score, each.max_residual_score)),
    )


_LIMITS = ("category", "scale", "max_residual_score", "tolerance_score")


def appetites_for(risks: Collection[Risk], affecting: Affecting = MappingProxyType({})) -> Appetites:
    """What concerns these risks: three queries, however many there are. `affecting`: other departments than now."""
    programmes, categories = {risk.programme_id for risk in risks}, {risk.category for risk in risks}
    found = Appetites()
    for department, risk in _affected(risks):
        found.affected[risk].append(department)
    found.affected.update((risk, list(departments)) for risk, departments in affecting.items())
    departments = {risk.kept_by_id for risk in risks}.union(*found.affected.values())
    # Past some hundreds the lists would be longer than what they leave out.
    here = Q(programme__in=programmes) if len(programmes) < 500 else Q()
    theirs = Q(department__isnull=True) | Q(department__in=departments)
    agreed = Appetite.objects.current().filter(here & theirs, category__in=categories)
    for row in agreed.only("programme_id", "department_id", *_LIMITS):
        if row.department_id is None:
            found.joint[row.programme_id, row.category, row.scale] = row
        else:
            found.party[row.programme_id, row.department_id, row.category, row.scale] = row
    own = DepartmentAppetite.objects.current().filter(department__in=departments, category__in=categories)
    for row in own.only("department_id", *_LIMITS):
        found.department[row.department_id, row.category, row.scale] = row
    return found


def _affected(risks: Collection[Risk]) -> Iterable[tuple[int, int]]:
    keys = [risk.pk for risk in risks if risk.pk]
    if not keys:
        return ()
    theirs = Q(risk__in=keys) if len(keys) < MANY else Q()
    return AffectedDepartment.objects.current().filter(theirs).values_list("department_id", "risk_id")


def concerning(risk: Risk) -> list[RiskLimits]:
    """What a page names: every appetite that concerns the risk, the strictest first, each with its department."""
    appetites = appetites_for([risk])
    found = appetites.concerning(risk)
    for model in (Appetite, DepartmentAppetite):
        rows = {row.pk: row for row in found if isinstance(row, model)}
        whole = model.objects.select_related("department").in_bulk(rows)
        found = [whole[each.pk] if isinstance(each, model) else each for each in found]
    return found


def points_above(risk: Risk) -> int:
    """How many points the residual score lies above the appetite; 0 when it does not, or when there is none."""
    return max(0, risk.residual_score - risk.appetite_limit) if risk.is_open and risk.appetite_limit else 0
