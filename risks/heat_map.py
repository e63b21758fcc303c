"""The heat map: how many live risks stand in each cell of the matrix, and how many came and left since a day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from risks.heat_movement import DRAFT, Place, Since, Standing, Whereabouts, whereabouts
from risks.querysets import RiskQuerySet
from risks.scoring import Level, Scale, Score


@dataclass(frozen=True)
class Cell:
    """`count` is of today, the `drafts` among them. A draft does not move: `count - drafts == then + came - left`."""

    score: Score
    impact: Level
    count: int
    drafts: int = 0
    then: int = 0
    came: int = 0
    left: int = 0

    @property
    def key(self) -> str:
        """`4x5`: what the list's filter is called for this cell."""
        return f"{self.score.likelihood}x{self.score.impact}"


@dataclass(frozen=True)
class Row:
    likelihood: Level
    cells: list[Cell]


@dataclass(frozen=True)
class Movement:
    """Whence those came that stand in a cell and did not then, and whither those went that did."""

    since: Since
    came: Counter[Place]  # by where they stood then
    left: Counter[Place]  # by where they stand now


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
    movement: Movement | None = None

    @property
    def impacts(self) -> tuple[Level, ...]:
        return self.scale.impacts

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)


def heat_map(risks: RiskQuerySet, scale: Scale, assessment: str = "residual", since: Since | None = None) -> HeatMap:
    """Count the live ones of these risks by one of their three assessments on this scale, in one query.

    With `since`, also what moved; for that the risks must hold those that have ended.
    """
    tally = _Tally()
    for found in whereabouts(risks, scale, assessment, since):
        tally.add(found)
    rows = [
        Row(
            likelihood,
            [tally.cell(scale.score(likelihood.value, impact.value), impact) for impact in scale.impacts],
        )
        for likelihood in reversed(scale.likelihoods)
    ]
    counted = sum(count for place, count in tally.now.items() if isinstance(place, tuple))
    return HeatMap(
        assessment, rows, counted, tally.now[Standing.NOT_SCORED], tally.now[Standing.ELSEWHERE], scale,
        Movement(since, tally.whence, tally.whither) if since else None,
    )  # fmt: skip


class _Tally:
    def __init__(self) -> None:
        self.now, self.drafts, self.then = Counter[Place](), Counter[Place](), Counter[Place]()
        self.came, self.left = Counter[Place](), Counter[Place]()
        self.whence, self.whither = Counter[Place](), Counter[Place]()

    def add(self, found: Whereabouts) -> None:
        self.now[found.now] += found.count
        if found.status == DRAFT:
            self.drafts[found.now] += found.count
            return
        self.then[found.then] += found.count
        if found.now == found.then:
            return
        self.came[found.now] += found.count
        self.left[found.then] += found.count
        if isinstance(found.now, tuple):
            self.whence[_kind(found.then)] += found.count
        if isinstance(found.then, tuple):
            self.whither[_kind(found.now)] += found.count

    def cell(self, score: Score, impact: Level) -> Cell:
        place = score.likelihood, score.impact
        now, drafts = self.now[place], self.drafts[place]
        return Cell(score, impact, now, drafts, self.then[place], self.came[place], self.left[place])


def _kind(place: Place) -> Standing:
    return Standing.IN_A_CELL if isinstance(place, tuple) else place
