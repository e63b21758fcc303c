"""What a risk bears on, as three cells of a register say it: names with semicolons between them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.exports import SEPARATOR, joined
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from xgov.accounts.models import Department, User
from xgov.papers.workbooks import CellFault

# What it is called in the action, and its column.
BEARING = {"departments": "affected_departments", "objectives": "objectives", "projects": "projects"}


@dataclass(frozen=True)
class Wanted:
    """As the action takes it; `differences` are the column, what it says now, and what the file says."""

    departments: list[Department]
    objectives: list[str]
    projects: list[Programme | str]
    differences: list[tuple[str, str, str]]

    @property
    def answers(self) -> dict[str, Any]:
        return {"departments": self.departments, "objectives": self.objectives, "projects": self.projects}


def wanted(row: Row, risk: Risk | None, around: Surroundings, by: User) -> Wanted | CellFault | None:
    """What the cells ask for; None when they say what the register says. `risk` was read `with_bearing`."""
    said = {what: joined(risk, what) if risk else "" for what in BEARING}
    asked = {what: row.bearing.get(what, said[what]) for what in BEARING}
    differences = [
        (BEARING[what], said[what], asked[what]) for what in BEARING if _names(asked[what]) != _names(said[what])
    ]
    if not differences:
        return None
    departments = []
    for name in _names(asked["departments"]):
        if (department := around.department(name)) is None:
            return row.fault(BEARING["departments"], _("“%(name)s” has not joined this programme") % {"name": name})
        departments.append(department)
    projects = _names(asked["projects"])
    references = [name.upper() for name in projects]
    held = {each.reference: each for each in Programme.objects.visible_to(by).filter(reference__in=references)}
    known = [held.get(name.upper(), name) for name in projects]
    return Wanted(departments, _names(asked["objectives"]), known, differences)


def _names(cell: str) -> list[str]:
    return [name for part in cell.split(SEPARATOR.strip()) if (name := " ".join(part.split()))]
