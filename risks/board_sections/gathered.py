"""What a board hears of the risks that others are part of, also others of another programme."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.marked import marked
from risks.board_sections.telling import MOST_ROWS, figures_told, reference_of, score_told
from risks.gathering import risks_with_parts
from xgov.papers.sections import Brief, section


@section(
    "risks.gathered",
    title=gettext_lazy("Gathered risks"),
    template="papers/sections/risks_gathered.html",
    order=49,
    usual=False,
)
def gathered(brief: Brief) -> dict[str, Any]:
    """Of each such risk what its parts add up to, as far as their keepers agreed to share them upwards."""
    lines = risks_with_parts(brief.reader).filter(programme__in=brief.programmes)
    found = list(lines.highest_first()[: MOST_ROWS + 1])
    rows = [
        {
            "reference": reference_of(risk, brief),
            "marking": marked(risk),
            "title": risk.title,
            "department": risk.kept_by.short_name,
            **score_told(risk),
            "parts": figures_told(risk),
        }
        for risk in found[:MOST_ROWS]
    ]
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(found) > MOST_ROWS else ""
    return {"summary": _summary(len(rows)), "rows": rows, "left_out": left_out}


def _summary(number: int) -> str:
    if not number:
        return _("No risk gathers up others that were shared upwards.")
    words = ngettext(
        "%(number)d risk gathers up others. Only parts that their keepers agreed to share upwards are counted.",
        "%(number)d risks gather up others. Only parts that their keepers agreed to share upwards are counted.",
        number,
    )
    return words % {"number": number}
