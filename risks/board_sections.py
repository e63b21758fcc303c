"""What the risk register says to a board."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.changes import what_changed
from programmes.models import Programme
from programmes.summary_lines import SummaryLine, summary_line
from risks import categories
from risks.models import Escalation, Issue, Risk
from risks.querysets import RiskQuerySet
from risks.settings_section import settings_that_changed
from xgov.papers.sections import Brief, section
from xgov.records.fields import Marking

__all__ = ["above_appetite", "movers", "settings_that_changed", "top_worry"]

# A row costs the printer about 14 ms, and nobody reads more: the register itself has them all.
MOST_ROWS = 200
MOST_SENTENCES = 5
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
    in_sight = _in_sight(brief)
    counted = in_sight.open().order_by().values("programme_id", "category")
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
    found = _in_sight(brief).whose_owner_has_left().select_related("programme").highest_first()
    references = [_reference(risk, brief) for risk in found[: NAMED + 1]]
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
    page = _in_sight(brief).above_appetite().with_page_relations().with_planned_mitigations().highest_first()
    if brief.since:
        page = page.with_score_at(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE))
    return brief.once("risks.above_appetite", lambda: list(page[:MOST_ROWS]))


@summary_line(order=20)
def top_worry(programme: Programme, brief: Brief) -> SummaryLine:
    """The highest risk above its appetite, in a sentence, and what is done about it."""
    worst = next((risk for risk in _above(brief) if risk.programme_id == programme.pk), None)
    sentences: tuple[str, ...] = ()
    if worst is not None:
        score = _score(worst)
        words = _("%(reference)s: %(title)s. It scores %(score)s (%(words)s).")
        said = {"reference": worst.reference, "title": worst.title.rstrip("."), "score": score["score"]}
        sentences = (words % {**said, "words": score["score_words"]}, worst.event)
    return SummaryLine(gettext_lazy("Top worry"), sentences, gettext_lazy("No open risk is above its appetite."))


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
    found = list(found.order_by("ended_at", "response_due", "pk")[: MOST_ROWS + 1])
    waiting = sum(each.waits_for_an_answer for each in found)
    words = ngettext(
        "%(number)d escalated risk waits for an answer.", "%(number)d escalated risks wait for an answer.", waiting
    )
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(found) > MOST_ROWS else ""
    rows = [_escalation(each, brief) for each in found[:MOST_ROWS]]
    return {"summary": words % {"number": waiting}, "rows": rows, "left_out": left_out}


def _escalation(escalation: Escalation, brief: Brief) -> dict[str, Any]:
    is_late = escalation.is_late
    return {
        "reference": _reference(escalation.risk, brief),
        "title": escalation.risk.title,
        "level": str(escalation.get_to_level_display()),
        "since": escalation.raised_at,
        "ask": escalation.ask,
        "due": escalation.response_due if escalation.waits_for_an_answer else None,
        "state": _("Answer late") if is_late else str(escalation.get_state_display()),
        "colour": "red" if is_late else STATE_COLOURS[escalation.state],
        "said": escalation.outcome or escalation.response,
    }


STATE_COLOURS = {"OPEN": "orange", "ACKNOWLEDGED": "blue", "ANSWERED": "green", "RETURNED": "grey", "ENDED": "grey"}


def _moved_since(brief: Brief) -> list[Risk]:
    """Highest first, and one more than are printed if there are more."""
    found = _in_sight(brief).moved_since(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE))
    return brief.once("risks.movers", lambda: list(found.with_page_relations().highest_first()[: MOST_ROWS + 1]))


@what_changed(order=10)
def risks_that_moved(programme: Programme, brief: Brief) -> Iterator[str]:
    """The highest of them; the section on risks that have moved has all."""
    moved = [risk for risk in _moved_since(brief) if risk.programme_id == programme.pk]
    for risk in moved[:MOST_SENTENCES]:
        said = {"reference": risk.reference, "title": risk.title.rstrip("."), "now": risk.residual_score}
        yield _what_became_of(risk) % {**said, "then": risk.score_then, "status": risk.get_status_display().lower()}
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


def _in_sight(brief: Brief) -> RiskQuerySet:
    return Risk.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)


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
        "reference": _reference(risk, brief),
        "title": risk.title,
        "words": risk.event,
        "owner": risk.owner.name,
        "department": risk.kept_by.short_name,
        **_score(risk),
        "limit": risk.appetite_limit,
        "moved": _moved(getattr(risk, "score_then", None), risk.residual_score) if brief.since else "",
        "response": risk.get_response_display(),
        "accepted_until": risk.accepted_until if risk.is_accepted else None,
        "next": planned[0].text if planned else _("Nothing is planned."),
        "due": planned[0].due if planned else None,
        "is_late": bool(planned and planned[0].due and planned[0].due < localdate(brief.as_at)),
    }


def _score(risk: Risk) -> dict[str, Any]:
    score = risk.residual
    words = f"{score.likelihood} x {score.impact}, {str(score.band.label).lower()}"
    return {"score": score.value, "score_words": words, "colour": score.band.colour}


def _moved(then: int | None, now: int) -> str:
    if not then:
        return _("New")
    if then == now:
        return ""
    return _("Up from %(score)d") % {"score": then} if now > then else _("Down from %(score)d") % {"score": then}


def _movement(risk: Risk, brief: Brief) -> dict[str, Any]:
    what = risk.get_status_display() if risk.has_ended else _moved(risk.score_then, risk.residual_score)
    return {
        "reference": _reference(risk, brief),
        "title": risk.title,
        "department": risk.kept_by.short_name,
        **_score(risk),
        "what": what,
        "why": risk.closing_reason or risk.reason_since or "",
    }


def _reference(risk: Risk, brief: Brief) -> str:
    """With the programme's before it where the board looks at several."""
    return risk.reference if len(brief.programmes) == 1 else f"{risk.programme.reference} {risk.reference}"


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


@section("risks.issues", title=gettext_lazy("Issues"), template="papers/sections/issues.html", order=50)
def issues(brief: Brief) -> dict[str, Any]:
    """Every open issue, gravest first, with what is done about it and by when."""
    open_now = Issue.objects.visible_to(brief.reader).open().filter(programme__in=brief.programmes)
    found = list(open_now.for_a_list().order_by("-severity", "due", "reference")[: MOST_ROWS + 1])
    rows = [
        {
            "reference": _reference(issue, brief),
            "title": issue.title,
            "effect": issue.effect,
            "severity": issue.get_severity_display(),
            "owner": issue.owner.name,
            "department": issue.kept_by.short_name,
            "plan": issue.plan or _("Nothing is planned."),
            "due": issue.due,
            "is_late": issue.is_overdue,
        }
        for issue in found[:MOST_ROWS]
    ]
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(found) > MOST_ROWS else ""
    return {"rows": rows, "late": sum(row["is_late"] for row in rows), "left_out": left_out}
