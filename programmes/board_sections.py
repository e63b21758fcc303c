"""What programmes say to a board: how each stands, what changed since the last pack, and how confident people are."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.changes import changes_since
from programmes.concerns import latest_by_kind
from programmes.models import ConfidenceRating, Programme
from programmes.readiness import readiness_of
from programmes.summary_lines import lines_about
from programmes.tags import rating_tag, status_tag
from xgov.pages.values import figure_words
from xgov.papers.sections import Brief, section

# Ratings shown of how confidence moved, for each programme.
TREND = 8


@section(
    "programmes.summary",
    title=gettext_lazy("Summary by the senior responsible owner (SRO)"),
    template="papers/sections/programme_summary.html",
    order=10,
)
def summary(brief: Brief) -> dict[str, Any]:
    ratings = _ratings(brief)
    return {
        "programmes": [_summary_of(each, ratings.get(each.pk, []), brief) for each in _programmes(brief)],
        "since": brief.since,
    }


def _programmes(brief: Brief) -> list[Programme]:
    return sorted(brief.programmes, key=lambda programme: (programme.name, programme.pk))


def _ratings(brief: Brief) -> dict[int, list[ConfidenceRating]]:
    """By programme, newest first."""
    return brief.once("programmes.ratings", lambda: _ratings_seen(brief))


def _ratings_seen(brief: Brief) -> dict[int, list[ConfidenceRating]]:
    found: dict[int, list[ConfidenceRating]] = {}
    ratings = ConfidenceRating.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)
    for rating in ratings.select_related("rated_by", "programme"):
        found.setdefault(rating.programme_id, []).append(rating)
    return found


def _summary_of(programme: Programme, ratings: list[ConfidenceRating], brief: Brief) -> dict[str, Any]:
    status = status_tag(programme)
    readiness = readiness_of(programme)
    return {
        "name": programme.name,
        "reference": programme.reference,
        "outcome": programme.outcome,
        "status": {"words": status.words, "colour": status.colour, "since": programme.status_since},
        "status_reason": programme.status_reason,
        "sro": _sro(programme),
        "cost": figure_words(programme.whole_life_cost_figure),
        "price_base": programme.price_base,
        "confidence": _stands(ratings, brief.since),
        "lines": lines_about(programme, brief),
        "changed": changes_since(programme, ratings, brief),
        "clear": sum(each.is_clear for each in readiness),
        "gaps": [
            {
                "question": each.question.question,
                "answer": each.answer.label,
                "colour": each.colour,
                "reasons": [finding.words for finding in each.open_findings],
            }
            for each in readiness
            if not each.is_clear
        ],
        "override": _override(programme),
    }


def _sro(programme: Programme) -> str:
    return next((str(held.person) for held in programme.in_post() if held.role == "sro"), "")


def _override(programme: Programme) -> dict[str, Any] | None:
    if not programme.readiness_override:
        return None
    return {
        "reason": programme.readiness_override,
        "by": str(programme.readiness_override_by),
        "on": programme.readiness_override_on,
    }


def _stands(ratings: list[ConfidenceRating], since: datetime | None) -> dict[str, Any] | None:
    """The SRO's newest rating, and how it moved; the independent one if the SRO has given none."""
    newest = latest_by_kind(ratings)
    rating = newest.get("SRO") or newest.get("INDEPENDENT")
    if rating is None:
        return None
    before = next((each for each in ratings if each.kind == rating.kind and each.pk != rating.pk), None)
    return _rating_values(rating) | {"movement": _movement(rating, before, since)}


def _movement(rating: ConfidenceRating, before: ConfidenceRating | None, since: datetime | None) -> str:
    if since is not None and rating.created_at <= since:
        return _("Not rated again since the last pack.")
    if before is None:
        return _("The first rating.")
    if before.scale != rating.scale:
        return _("The rating before was on another scale.")
    if before.rating == rating.rating:
        return _("As before.")
    return _("It was %(rating)s.") % {"rating": before.get_rating_display().lower()}


def _rating_values(rating: ConfidenceRating) -> dict[str, Any]:
    tag = rating_tag(rating.rating, rating.section)
    return {
        "kind": rating.get_kind_display(),
        "rater": str(rating.rated_by or rating.rater or _("not named")),
        "on": rating.rated_on,
        "label": tag.words,
        "colour": tag.colour,
        "scale": rating.get_scale_display().lower(),
        "words": rating.narrative,
    }


@section(
    "programmes.confidence",
    title=gettext_lazy("Delivery confidence"),
    template="papers/sections/confidence.html",
    order=30,
)
def confidence(brief: Brief) -> dict[str, Any]:
    found, several = _ratings(brief), len(brief.programmes) > 1
    newest, trend = [], []
    for programme in _programmes(brief):
        ratings = found.get(programme.pk, [])
        name = programme.name if several else ""
        newest += [{"programme": name, **_rating_values(each)} for each in latest_by_kind(ratings).values()]
        if len(ratings) > len(latest_by_kind(ratings)):
            trend += [{"programme": name, **_rating_values(each), "words": ""} for each in ratings[:TREND]]
    return {"ratings": newest, "trend": trend, "rated": _left_out(brief, found)}


def _left_out(brief: Brief, found: dict[int, list[ConfidenceRating]]) -> str:
    unrated = sum(programme.pk not in found for programme in brief.programmes)
    said = [_("Each rating stands on the scale on which it was given and is never converted.")]
    if unrated:
        said.insert(0, _("Programmes without a rating: %(count)s.") % {"count": unrated})
    return " ".join(said)
