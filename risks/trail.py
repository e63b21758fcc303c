"""How a risk's residual score has moved, read from its history."""

from dataclasses import dataclass
from datetime import datetime

from risks import scoring
from risks.models import Risk
from risks.scoring import BANDS, Score


@dataclass(frozen=True)
class Step:
    """One change of the residual score. `was` is NOT_SCORED at the first."""

    when: datetime
    by: str
    reason: str
    was: Score
    now: Score

    @property
    def rose(self) -> bool:
        return self.now.value > self.was.value


def score_trail(risk: Risk) -> list[Step]:
    """The first score and every change since, newest first, in one query."""
    steps: list[Step] = []
    was = scoring.NOT_SCORED
    said = ("history_date", "history_signer", "history_change_reason")
    columns = (*said, "residual_score", "residual_likelihood", "residual_impact", "residual_band", "scale")
    for when, by, reason, value, *levels, band, scale in risk.history.order_by("history_id").values_list(*columns):
        now = Score(value, *levels, BANDS[band], scale) if value else scoring.NOT_SCORED
        if now != was:
            steps.append(Step(when, by, reason or "", was, now))
            was = now
    return steps[::-1]
