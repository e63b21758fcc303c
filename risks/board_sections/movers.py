"""What a board hears of the risks that have moved since its last pack."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.changes import what_changed
from programmes.marked import and_marked, marked
from programmes.models import Programme
from risks.board_sections.telling import MOST_ROWS, in_sight, moved_told, reference_of, score_told
from risks.models import Risk
from xgov.papers.sections import Brief, section
from xgov.records.fields import Marking

MOST_SENTENCES = 5


@section(
    "risks.movers",
    title=gettext_lazy("Risks that have moved"),
    template="papers/sections/risks_movers.html",
    order=45,
)
def movers(brief: Brief) -> dict[str, Any]:
    """Risks whose residual score rose or fell since the last pack, and those that came or went."""
    if brief.since is None:
        return {"since": None, "rows": [], "left_out": ""}
    risks = _moved_since(brief)
    rows = [_movement(risk, brief) for risk in risks[:MOST_ROWS]]
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(risks) > MOST_ROWS else ""
    return {"since": brief.since, "rows": rows, "left_out": left_out}


def _moved_since(brief: Brief) -> list[Risk]:
    """Highest first, and one more than are printed if there are more."""
    found = in_sight(brief).moved_since(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE))
    return brief.once("risks.movers", lambda: list(found.with_page_relations().highest_first()[: MOST_ROWS + 1]))


@what_changed(order=10)
def risks_that_moved(programme: Programme, brief: Brief) -> Iterator[str]:
    """The highest of them; the section on risks that have moved has all."""
    moved = [risk for risk in _moved_since(brief) if risk.programme_id == programme.pk]
    for risk in moved[:MOST_SENTENCES]:
        said = {"reference": risk.reference, "title": risk.title.rstrip("."), "now": risk.residual_score}
        said |= {"then": risk.score_then, "status": risk.get_status_display().lower()}
        yield and_marked(_what_became_of(risk) % said, risk)
    left = len(moved) - MOST_SENTENCES
    if left > 0:
        yield ngettext("%(number)d more risk has moved.", "%(number)d more risks have moved.", left) % {"number": left}


def _what_became_of(risk: Risk) -> str:
    if risk.has_ended:
        return _("%(reference)s ended (%(status)s): %(title)s.")
    if not risk.score_then:
        return _("%(reference)s is new, with a score of %(now)s: %(title)s.")
    if risk.residual_score > risk.score_then:
        return _("%(reference)s rose from %(then)s to %(now)s: %(title)s.")
    return _("%(reference)s fell from %(then)s to %(now)s: %(title)s.")


def _movement(risk: Risk, brief: Brief) -> dict[str, Any]:
    what = risk.get_status_display() if risk.has_ended else moved_told(risk.score_then, risk.residual_score)
    return {
        "reference": reference_of(risk, brief),
        "marking": marked(risk),
        "title": risk.title,
        "department": risk.kept_by.short_name,
        **score_told(risk),
        "what": what,
        "why": risk.closing_reason or risk.reason_since or "",
    }
