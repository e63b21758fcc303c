"""The assurance map: which line looks after which of a programme's principal risks, and what it found.

Which risks are principal is a local default: the open risks with the highest residual scores.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from risks import assurance
from risks.models import Control, Risk
from risks.querysets import RiskQuerySet
from xgov.records.fields import Marking

PRINCIPAL = 20
_WORST_FIRST = ("WEAK", "PARTLY", "NOT_CHECKED", "EFFECTIVE")


@dataclass(frozen=True)
class Cell:
    """The controls of one line against one risk. Its colour is that of the worst of them."""

    line: assurance.Line
    controls: list[Control]

    @property
    def colour(self) -> str:
        if not self.controls:
            return "none"
        worst = min(self.controls, key=lambda control: _WORST_FIRST.index(control.effectiveness))
        return worst.effectiveness_words.colour


@dataclass(frozen=True)
class Row:
    risk: Risk
    cells: list[Cell]

    @property
    def is_bare(self) -> bool:
        """Nothing at all is in place, or nothing that anybody has checked."""
        return not any(control.checked_on for cell in self.cells for control in cell.controls)


@dataclass(frozen=True)
class AssuranceMap:
    rows: list[Row]
    left_out: int

    @property
    def lines(self) -> list[assurance.Line]:
        return assurance.LINES

    @property
    def is_sensitive(self) -> bool:
        return any(row.risk.marking == Marking.OFFICIAL_SENSITIVE for row in self.rows)

    @property
    def bare(self) -> int:
        return sum(row.is_bare for row in self.rows)


def assurance_map(risks: RiskQuerySet, most: int = PRINCIPAL) -> AssuranceMap:
    """Three queries, however many risks and controls there are."""
    open_risks = risks.open().filter(residual_score__gt=0)
    controls = Control.objects.in_place().select_related("department").by_line()
    shown = open_risks.with_page_relations().highest_first().prefetch_related(Prefetch("controls", queryset=controls))
    rows = [Row(risk, list(_cells(risk.controls.all()))) for risk in shown[:most]]
    return AssuranceMap(rows, max(0, open_risks.count() - len(rows)))


def _cells(controls: Iterable[Control]) -> Iterable[Cell]:
    controls = list(controls)
    for line in assurance.LINES:
        yield Cell(line, [control for control in controls if control.line == line.code])
