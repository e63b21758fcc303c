"""No score without a trail (rule RSK-6), by construction: every way in which a risk is written asks here.

The trail of scores is the protected history of the risk, one row for each change, with who and when. What it needs
besides is the reason. So a score that is new or different is refused, with whatever else is written, unless whoever
acts has said why.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

from risks.scoring import ASSESSMENTS
from xgov.records.acting import current_signer
from xgov.records.errors import HistoryBypassed

SCORE_COLUMNS = (
    *(f"{name}_{part}" for name in ASSESSMENTS for part in ("likelihood", "impact", "score", "band")),
    "scale",
)


class ScoredWithoutReason(HistoryBypassed):
    """A score was about to be written and nobody said why. Wrap the write in `acting(by, reason)`."""


def refuse_silent_scores(risks: Iterable[models.Model], fields: Collection[str] | None = None) -> None:
    """Raise ScoredWithoutReason if saving these risks (or these fields of them) would set or change a score unsaid.

    What is stored is read from the database, and not from what the record remembers. With a reason nothing is read.
    """
    if current_signer().reason.strip():
        return
    columns = [column for column in SCORE_COLUMNS if fields is None or column in fields]
    risks = list(risks) if columns else []
    stored = _stored(risks, columns)
    for risk in risks:
        before = stored.get(risk.pk) or {**_NOTHING, "scale": risk.scale}
        if any((getattr(risk, column) or None) != before[column] for column in columns):
            raise ScoredWithoutReason(f"The score of {risk.reference or risk.title!r} changes and nobody says why.")


_NOTHING = dict.fromkeys(SCORE_COLUMNS)


def _stored(risks: list[models.Model], columns: list[str]) -> dict[int, dict[str, Any]]:
    keys = [risk.pk for risk in risks if risk.pk is not None]
    if not keys:
        return {}
    found = type(risks[0])._base_manager.filter(pk__in=keys).order_by().values("pk", *columns)
    return {row["pk"]: {name: value or None for name, value in row.items()} for row in found}
