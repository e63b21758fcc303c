"""The heat map: how many live risks stand in each cell of the matrix."""

from dataclasses import dataclass

from django.db.models import Count

from risks.querysets import RiskQuerySet
from risks.scales import FIVE_BY_FIVE as SCALE
from risks.scoring import Level, Score


@dataclass(frozen=True)
class Cell:
    score: Score
    count: int

    @property
    def key(self) -> str:
        """`4x5`: what the list's filter is called for this cell."""
        return f"{self.score.likelihood}x{self.score.impact}"


@dataclass(frozen=True)
class Row:
    likelihood: Level
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    """Rows from the highest likelihood down, cells from the lowest impact up. `not_scored` stand in no cell."""

    assessment: str
    rows: list[Row]
    counted: int
    not_scored: int

    @property
    def impacts(self) -> tuple[Level, ...]:
        return SCALE.impacts


def heat_map(risks: RiskQuerySet, assessment: str = "residual") -> HeatMap:
    """Count the risks by one of their three assessments, in one query."""
    columns = (f"{assessment}_likelihood", f"{assessment}_impact")
    found = risks.order_by().values_list(*columns).annotate(Count("pk"))
    counts = {(likelihood, impact): count for likelihood, impact, count in found}
    not_scored = counts.pop((None, None), 0)
    rows = [
        Row(
            likelihood,
            [
                Cell(SCALE.score(likelihood.value, impact.value), counts.get((likelihood.value, impact.value), 0))
                for impact in SCALE.impacts
            ],
        )
        for likelihood in reversed(SCALE.likelihoods)
    ]
    return HeatMap(assessment, rows, sum(counts.values()), not_scored)
