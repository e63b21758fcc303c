"""How a risk's scores have moved, read from its protected history: there is no second record of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from risks import scoring
from risks.models import Risk
from risks.scoring import ASSESSMENTS, BANDS, Score
from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class Move:
    """One assessment that changed. `was` is NOT_SCORED at the first, `now` when it was taken away."""

    assessment: str
    was: Score
    now: Score

    @property
    def label(self) -> type_of_text:
        return ASSESSMENTS[self.assessment]

    @property
    def rose(self) -> bool:
        return self.now.value > self.was.value

    @property
    def changes_scale(self) -> bool:
        return bool(self.was) and bool(self.now) and self.was.scale != self.now.scale


@dataclass(frozen=True)
class Step:
    """What changed at once: by whom, why, and where all three assessments stood afterwards."""

    when: datetime
    by: str
    reason: str
    moves: tuple[Move, ...]
    scores: dict[str, Score]

    @property
    def residual(self) -> Score:
        return self.scores["residual"]


_PARTS = ("score", "likelihood", "impact", "band")
_COLUMNS = [f"{name}_{part}" for name in ASSESSMENTS for part in _PARTS]


def score_trail(risk: Risk) -> list[Step]:
    """The first scores and every change since, newest first, in one query."""
    steps: list[Step] = []
    stood = dict.fromkeys(ASSESSMENTS, scoring.NOT_SCORED)
    said = ("history_date", "history_signer", "history_change_reason")
    for row in risk.history.order_by("history_id").values(*said, *_COLUMNS, "scale"):
        scores = {name: _score(row, name) for name in ASSESSMENTS}
        moves = tuple(_moves(stood, scores))
        if moves:
            when, by, reason = (row[column] for column in said)
            steps.append(Step(when, by, reason or "", moves, scores))
            stood = scores
    return steps[::-1]


def _score(row: dict, name: str) -> Score:
    value, likelihood, impact, band = (row[f"{name}_{part}"] for part in _PARTS)
    return Score(value, likelihood, impact, BANDS[band], row["scale"]) if value else scoring.NOT_SCORED


def _moves(stood: dict[str, Score], scores: dict[str, Score]) -> Iterator[Move]:
    for name, now in scores.items():
        if now != stood[name]:
            yield Move(name, stood[name], now)
