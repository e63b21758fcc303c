"""What the sections of the register share: which risks a board may be told of, and how one is called."""

from typing import Any

from django.utils.translation import gettext as _

from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.scoring import BANDS
from xgov.papers.sections import Brief

# A row costs the printer about 14 ms, and nobody reads more: the register itself has them all.
MOST_ROWS = 200


def in_sight(brief: Brief) -> RiskQuerySet:
    return Risk.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)


def reference_of(risk: Risk, brief: Brief) -> str:
    """With the programme's before it where the board looks at several."""
    return risk.reference if len(brief.programmes) == 1 else f"{risk.programme.reference} {risk.reference}"


def score_told(risk: Risk) -> dict[str, Any]:
    score = risk.residual
    if not score:
        return {"score": "", "score_words": _("not scored"), "colour": "grey"}
    words = f"{score.likelihood} x {score.impact}, {str(score.band.label).lower()}"
    return {"score": score.value, "score_words": words, "colour": score.band.colour}


def moved_told(then: int | None, now: int) -> str:
    if not then:
        return _("New")
    if then == now:
        return ""
    return _("Up from %(score)d") % {"score": then} if now > then else _("Down from %(score)d") % {"score": then}


def figures_told(line: Any) -> dict[str, Any]:
    """What many risks add up to, of a line of risks.gathering. On two scales there is no highest and no average."""
    return {
        "open": line.open_risks,
        "above": line.above,
        "highest": line.highest,
        "average": f"{line.average:.1f}" if line.average is not None else "",
        "most_common": str(BANDS[line.most_common].label).lower() if line.most_common else "",
    }
