"""The heat map: how many live risks stand in each cell of the matrix."""

from dataclasses import dataclass

from django.db.models import Count

from risks.querysets import RiskQuerySet
from risks.scoring import Level, Scale, Score


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
    """Rows from the highest likelihood down, cells from the lowest impact up.

    Two kinds of risk stand in no cell: those `not_scored`, and those scored `elsewhere`, on another scale than this.
    """

    assessment: str
    rows: list[Row]
    counted: int
    not_scored: int
    elsewhere: int
    scale: Scale

    @property
    def impacts(self) -> tuple[Level, ...]:
        return self.scale.impacts


def heat_map(risks: RiskQuerySet, scale: Scale, assessment: str = "residual") -> HeatMap:
    """Count the risks by one of their three assessments on this scale, in one query."""
    columns = ("scale", f"{assessment}_likelihood", f"{assessment}_impact")
    not_scored = elsewhere = 0
    counts: dict[tuple[int, int], int] = {}
    for on, likelihood, impact, count in risks.order_by().values_list(*columns).annotate(Count("pk")):
        if likelihood is None:
            not_scored += count
        elif on != scale.key:
            elsewhere += count
        else:
            counts[likelihood, impact] = count
    rows = [
        Row(
            likelihood,
            [
                Cell(scale.score(likelihood.value, impact.value), counts.get((likelihood.value, impact.value), 0))
                for impact in scale.impacts
            ],
        )
        for likelihood in reversed(scale.likelihoods)
    ]
    return HeatMap(assessment, rows, sum(counts.values()), not_scored, elsewhere, scale)
