"""The trail of scores as a picture: three lines over time, the same on a page and in a printed pack.

The words beside the picture say all that it shows. Lines differ by dashes and by the name at their end, not by colour
alone. Scores of another scale than the risk's present one are left out, and the picture says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from risks.models import Risk
from risks.scales import SCALES
from risks.scoring import ASSESSMENTS
from risks.trail import Step
from xgov.access.roles import type_of_text
from xgov.pages import values
from xgov.records.clock import now

WIDTH, HEIGHT = 440, 230
LEFT, RIGHT, TOP, BOTTOM = 28, 112, 12, 30
NAMES_APART = 16

# How each line is drawn: colour, width and dashes.
_PENS = {"residual": ("#1d70b8", 3, ""), "inherent": ("#505a5f", 2, "6 4"), "target": ("#005a30", 2, "2 3")}
_LIMITS_PEN = ("#942514", 1, "8 3 2 3")


@dataclass(frozen=True)
class Line:
    label: type_of_text
    value: int
    points: str
    dots: list[tuple[float, float]]
    end: float
    name_at: float
    colour: str
    thickness: int
    dashes: str


@dataclass(frozen=True)
class Trend:
    """What the template draws. `left_out` says how many steps were made on another scale."""

    key: str
    title: str
    words: str
    lines: list[Line]
    rungs: list[tuple[float, int]]
    first: datetime
    last: datetime
    left_out: int

    width, height, left, right, bottom = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM


def trend_of(risk: Risk, trail: Sequence[Step], until: datetime | None = None) -> Trend | None:
    """The picture of this trail (newest step first), up to now or the moment given; None when nothing is scored."""
    steps = [step for step in reversed(trail) if any(s and s.scale == risk.scale for s in step.scores.values())]
    if not steps:
        return None
    first, last = steps[0].when, max(until or risk.closed_at or now(), steps[-1].when)
    paper = _Paper(first, max(last, first + timedelta(days=1)), SCALES[risk.scale].highest)
    lines = [line for name in ASSESSMENTS if (line := _line(risk, name, steps, paper))]
    limit = getattr(risk, "appetite_limit", None)
    drawn = [_limit(limit, paper), *lines] if limit else lines
    return Trend(
        f"trend-{risk.pk}",
        _("Scores of risk %(reference)s since %(day)s") % {"reference": risk.reference, "day": values.day(first)},
        _in_words(lines, steps),
        _named_apart(drawn),
        [(paper.y(scores.highest), scores.highest) for scores in SCALES[risk.scale].bands],
        first,
        last,
        len(trail) - len(steps),
    )  # fmt: skip


@dataclass(frozen=True)
class _Paper:
    first: datetime
    last: datetime
    highest: int

    def x(self, moment: datetime) -> float:
        share = (moment - self.first) / (self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: int) -> float:
        return round(HEIGHT - BOTTOM - value / self.highest * (HEIGHT - TOP - BOTTOM), 1)


def _line(risk: Risk, name: str, steps: Sequence[Step], paper: _Paper) -> Line | None:
    """Level from each score to the next: a score stands until it is changed."""
    points: list[tuple[float, float]] = []
    dots: list[tuple[float, float]] = []
    value = 0
    for step in steps:
        score = step.scores[name]
        if not score or score.scale != risk.scale:
            continue
        x, y = paper.x(step.when), paper.y(score.value)
        points += [(x, points[-1][1]), (x, y)] if points else [(x, y)]
        if score.value != value:
            dots.append((x, y))
        value = score.value
    if not points:
        return None
    points.append((paper.x(paper.last), points[-1][1]))
    colour, thickness, dashes = _PENS[name]
    path = " ".join(f"{x},{y}" for x, y in points)
    end = points[-1][1]
    return Line(ASSESSMENTS[name], value, path, dots, end, end, colour, thickness, dashes)


def _limit(limit: int, paper: _Paper) -> Line:
    """The appetite that applies today, straight across."""
    y = paper.y(limit)
    return Line(_("Appetite"), limit, f"{LEFT},{y} {WIDTH - RIGHT},{y}", [], y, y, *_LIMITS_PEN)


def _named_apart(lines: list[Line]) -> list[Line]:
    """The names at the ends of the lines, from the top down, so far apart that each can be read."""
    placed: list[Line] = []
    lowest = TOP - NAMES_APART
    for line in sorted(lines, key=lambda line: line.end):
        lowest = max(line.end, lowest + NAMES_APART)
        placed.append(Line(**{**line.__dict__, "name_at": lowest}))
    return placed


def _in_words(lines: Sequence[Line], steps: Sequence[Step]) -> str:
    said = [
        _("%(label)s: from %(first)d to %(now)d.")
        % {"label": line.label, "first": _first_value(line, steps), "now": line.value}
        for line in lines
    ]
    return " ".join([*said, _("The table beside it has every change.")])


def _first_value(line: Line, steps: Sequence[Step]) -> int:
    name = next(name for name, label in ASSESSMENTS.items() if label == line.label)
    return next(step.scores[name].value for step in steps if step.scores[name])
