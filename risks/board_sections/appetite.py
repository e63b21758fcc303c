"""What a board hears of the risks above their appetite."""

from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.marked import and_marked, marked
from programmes.models import Programme
from programmes.summary_lines import SummaryLine, summary_line
from risks import categories
from risks.board_sections.telling import MOST_ROWS, in_sight, moved_told, reference_of, score_told
from risks.models import Risk
from xgov.papers.sections import Brief, section
from xgov.records.fields import Marking

# How many risks a sentence names.
NAMED = 10


@section(
    "risks.above_appetite",
    title=gettext_lazy("Risks above appetite"),
    template="papers/sections/risks_above_appetite.html",
    order=40,
)
def above_appetite(brief: Brief) -> dict[str, Any]:
    """Every open risk above the appetite for its category, highest first, with what is done about it."""
    seen = in_sight(brief)
    counted = seen.open().order_by().values("programme_id", "category")
    counts = list(
        counted.annotate(all=Count("pk"), above=Count("above_appetite_since"), limited=Count("appetite_limit"))
    )
    number, open_number = sum(row["above"] for row in counts), sum(row["all"] for row in counts)
    rows = [_row(risk, brief) for risk in _above(brief)]
    left_out = _left_out(number, _categories_without_appetite(counts))
    return {
        "summary": _summary(number, open_number),
        "without_owner": _without_owner(brief),
        "rows": rows,
        "left_out": left_out,
    }


def _without_owner(brief: Brief) -> str:
    """Which risks nobody looks after, because their owner has no role here any more; empty when there is none."""
    found = in_sight(brief).whose_owner_has_left().select_related("programme").highest_first()
    references = [and_marked(reference_of(risk, brief), risk) for risk in found[: NAMED + 1]]
    if not references:
        return ""
    named = ", ".join(references[:NAMED]) + (_(" and others") if len(references) > NAMED else "")
    words = ngettext(
        "The owner of %(named)s has left: another is to be named.",
        "The owners of these risks have left, and others are to be named: %(named)s.",
        len(references),
    )
    return words % {"named": named}


def _above(brief: Brief) -> list[Risk]:
    """Those above their appetite, highest first, as many as are printed."""
    page = in_sight(brief).above_appetite().with_page_relations().with_planned_mitigations().highest_first()
    if brief.since:
        page = page.with_score_at(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE))
    return brief.once("risks.above_appetite", lambda: list(page[:MOST_ROWS]))


@summary_line(order=20)
def top_worry(programme: Programme, brief: Brief) -> SummaryLine:
    """The highest risk above its appetite, in a sentence, and what is done about it."""
    worst = next((risk for risk in _above(brief) if risk.programme_id == programme.pk), None)
    sentences: tuple[str, ...] = ()
    if worst is not None:
        score = score_told(worst)
        words = _("%(reference)s: %(title)s. It scores %(score)s (%(words)s).")
        said = {"reference": worst.reference, "title": worst.title.rstrip("."), "score": score["score"]}
        sentences = (and_marked(words % {**said, "words": score["score_words"]}, worst), worst.event)
    return SummaryLine(gettext_lazy("Top worry"), sentences, gettext_lazy("No open risk is above its appetite."))


def _summary(number: int, open_number: int) -> str:
    if not open_number:
        return _("No open risk is recorded.")
    words = ngettext(
        "%(number)d of %(all)d open risks is above the appetite agreed for its category.",
        "%(number)d of %(all)d open risks are above the appetite agreed for their category.",
        number,
    )
    return words % {"number": number, "all": open_number}


def _row(risk: Risk, brief: Brief) -> dict[str, Any]:
    planned = risk.planned_mitigations
    return {
        "reference": reference_of(risk, brief),
        "marking": marked(risk),
        "title": risk.title,
        "words": risk.event,
        "owner": risk.owner.name,
        "department": risk.kept_by.short_name,
        **score_told(risk),
        "limit": risk.appetite_limit,
        "moved": moved_told(getattr(risk, "score_then", None), risk.residual_score) if brief.since else "",
        "response": risk.get_response_display(),
        "accepted_until": risk.accepted_until if risk.is_accepted else None,
        "next": planned[0].text if planned else _("Nothing is planned."),
        "due": planned[0].due if planned else None,
        "is_late": bool(planned and planned[0].due and planned[0].due < localdate(brief.as_at)),
    }


def _left_out(number: int, without_appetite: list[str]) -> str:
    sentences = []
    if number > MOST_ROWS:
        sentences.append(
            _("%(number)d more are not printed; the register has them all.") % {"number": number - MOST_ROWS}
        )
    if without_appetite:
        names = ", ".join(str(categories.BY_CODE[code].label).lower() for code in without_appetite)
        sentences.append(
            _("Left out are risks in categories for which no appetite has been agreed: %(names)s.") % {"names": names}
        )
    return " ".join(sentences)


def _categories_without_appetite(counts: list[dict[str, Any]]) -> list[str]:
    return sorted({row["category"] for row in counts if row["limited"] < row["all"]})
