"""What a board hears of the risks that wait for a level above those who deal with them."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.marked import marked
from risks.board_sections.telling import MOST_ROWS, reference_of
from risks.models import Escalation
from risks.querysets import EscalationQuerySet
from xgov.papers.sections import Brief, section


@section(
    "risks.escalations",
    title=gettext_lazy("Escalated risks"),
    template="papers/sections/risks_escalations.html",
    order=42,
)
def escalations(brief: Brief) -> dict[str, Any]:
    """What waits for whom, by when; and what was answered or came back since the last pack."""
    in_sight = Escalation.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)
    lately = Q(answered_at__gte=brief.since) | Q(ended_at__gte=brief.since) if brief.since else Q(pk__in=[])
    found = in_sight.filter(Q(state__in=Escalation.LIVE) | lately).with_page_relations()
    printed = list(found.order_by(F("ended_at").asc(nulls_first=True), "response_due", "pk")[: MOST_ROWS + 1])
    is_cut = len(printed) > MOST_ROWS
    waiting = _waiting(found) if is_cut else len({each.risk_id for each in printed if each.waits_for_an_answer})
    words = ngettext(
        "%(number)d escalated risk waits for an answer.", "%(number)d escalated risks wait for an answer.", waiting
    )
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if is_cut else ""
    rows = [_escalation(each, brief) for each in printed[:MOST_ROWS]]
    return {"summary": words % {"number": waiting}, "rows": rows, "left_out": left_out}


def _waiting(found: EscalationQuerySet) -> int:
    """How many risks wait, those that are not printed among them."""
    return found.filter(state__in=Escalation.WAITING).order_by().values("risk").distinct().count()


def _escalation(escalation: Escalation, brief: Brief) -> dict[str, Any]:
    is_late = escalation.is_late
    return {
        "reference": reference_of(escalation.risk, brief),
        "marking": marked(escalation),
        "title": escalation.risk.title,
        "level": str(escalation.get_to_level_display()),
        "since": escalation.raised_at,
        "reason": escalation.reason,
        "ask": escalation.ask,
        "due": escalation.response_due if escalation.waits_for_an_answer else None,
        "state": _("Answer late") if is_late else str(escalation.get_state_display()),
        "colour": "red" if is_late else STATE_COLOURS[escalation.state],
        "said": escalation.outcome or escalation.response or escalation.answered_before,
    }


STATE_COLOURS = {"OPEN": "orange", "ACKNOWLEDGED": "blue", "ANSWERED": "green", "RETURNED": "grey", "ENDED": "grey"}
