"""What a board hears of the risks that nobody has looked at when it was agreed."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.marked import marked
from risks.board_sections.telling import MOST_ROWS, in_sight, reference_of, score_told
from risks.models import Risk
from xgov.pages.values import day
from xgov.papers.sections import Brief, section


@section(
    "risks.overdue_reviews",
    title=gettext_lazy("Overdue reviews of risks"),
    template="papers/sections/risks_overdue_reviews.html",
    order=46,
)
def overdue_reviews(brief: Brief) -> dict[str, Any]:
    """Every open risk whose review is overdue, the longest first, and by whom it is to be made."""
    found = in_sight(brief).overdue_review(localdate(brief.as_at)).with_page_relations()
    risks = list(found.order_by("review_due", "-residual_score", "pk")[: MOST_ROWS + 1])
    number = len(risks) if len(risks) <= MOST_ROWS else found.count()
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if number > MOST_ROWS else ""
    rows = [_row(risk, brief) for risk in risks[:MOST_ROWS]]
    return {"summary": _summary(number, risks), "rows": rows, "left_out": left_out}


def _summary(number: int, risks: list[Risk]) -> str:
    if not risks:
        return _("Every open risk has been reviewed in time.")
    words = ngettext(
        "The review of %(number)d open risk is overdue, since %(day)s.",
        "The reviews of %(number)d open risks are overdue, the longest since %(day)s.",
        number,
    )
    return words % {"number": number, "day": day(risks[0].review_due)}


def _row(risk: Risk, brief: Brief) -> dict[str, Any]:
    return {
        "reference": reference_of(risk, brief),
        "marking": marked(risk),
        "title": risk.title,
        "owner": risk.owner.name,
        "department": risk.kept_by.short_name,
        **score_told(risk),
        "due": risk.review_due,
        "days": (localdate(brief.as_at) - risk.review_due).days,
    }
