"""Where risks stand on a heat map now, and where they stood at a moment, counted in the database.

What stood then is read from history by the rules of `RiskQuerySet.moved_since`: no draft is said to have moved, and
sensitive records may be looked at from another moment. A risk of which nothing was written since stands where it
stood, so that only the history of the others is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from risks.models import Risk
from risks.querysets import RiskQuerySet
from risks.scoring import Scale
from xgov.records.fields import Marking

DRAFT = Risk.Status.DRAFT
_SAME = "SAME"


class Standing(Enum):
    """Where a risk can stand besides in a cell, and `IN_A_CELL` for whichever."""

    IN_A_CELL = "CELL"
    NOT_SCORED = "NONE"
    ELSEWHERE = "ELSEWHERE"  # scored on another scale than that of the map
    ENDED = "ENDED"
    ABSENT = "ABSENT"  # not recorded yet


Place = tuple[int, int] | Standing


@dataclass(frozen=True)
class Since:
    """From when movement is counted: `if_sensitive` of sensitive risks; None: as if they had not been there.

    A risk that was marked only afterwards counts from the moment, as it did then.
    """

    moment: datetime
    if_sensitive: datetime | None


@dataclass(frozen=True)
class Whereabouts:
    """So many risks of one status that stand at one place and stood at one."""

    status: str
    now: Place
    then: Place
    count: int


def whereabouts(risks: RiskQuerySet, scale: Scale, assessment: str, since: Since | None) -> Iterator[Whereabouts]:
    """In one query. Without `since`, the live risks, and nothing has moved."""
    if since is None:
        risks, then = risks.live(), Value(_SAME)
    else:
        risks, then = risks.exclude(Risk.objects.ended_as_draft()), _place_then(assessment, since)
        risks = risks.filter(_live_or_ended_since(since))
    columns = ("status", "scale", f"{assessment}_likelihood", f"{assessment}_impact")
    counted = risks.order_by().annotate(place_then=then).values_list(*columns, "place_then").annotate(Count("pk"))
    for status, on, likelihood, impact, stood, count in counted:
        now = Standing.ENDED if status in Risk.ENDED else _place(scale, on, likelihood, impact)
        yield Whereabouts(status, now, now if stood == _SAME else _read(scale, stood), count)


def _live_or_ended_since(since: Since) -> Q:
    found = Q(closed_at=None) | Q(closed_at__gte=since.moment)
    if since.if_sensitive is not None:
        found |= Q(marking=Marking.OFFICIAL_SENSITIVE, closed_at__gte=since.if_sensitive)
    return found


def _place_then(assessment: str, since: Since) -> Case:
    then = _place_at(assessment, since.moment)
    if since.if_sensitive == since.moment:
        return then
    if_sensitive = Value(Standing.ABSENT.value)
    if since.if_sensitive is not None:
        if_sensitive = _place_at(assessment, since.if_sensitive)
    kept_back = Risk.objects.kept_back_at(since.moment)
    return Case(When(kept_back, then=if_sensitive), default=then, output_field=CharField())


def _place_at(assessment: str, moment: datetime) -> Case:
    """As text: `5X5 4 5`, or one of the words above."""
    versions = Risk.history.filter(id=OuterRef("pk"))
    likelihood, impact = f"{assessment}_likelihood", f"{assessment}_impact"
    cell = Concat(
        "scale", Value(" "), Cast(likelihood, CharField()), Value(" "), Cast(impact, CharField()),
        output_field=CharField(),
    )  # fmt: skip
    place = Case(
        When(closed_at__isnull=False, then=Value(Standing.ENDED.value)),
        When(**{f"{likelihood}__isnull": True, "then": Value(Standing.NOT_SCORED.value)}),
        default=cell,
        output_field=CharField(),
    )
    stood = versions.filter(history_date__lte=moment).order_by("-history_date", "-history_id").annotate(place=place)
    return Case(
        When(
            Exists(versions.filter(history_date__gt=moment)),
            then=Coalesce(Subquery(stood.values("place")[:1]), Value(Standing.ABSENT.value)),
        ),
        default=Value(_SAME),
        output_field=CharField(),
    )


def _place(scale: Scale, on: str, likelihood: int | None, impact: int | None) -> Place:
    if likelihood is None or impact is None:
        return Standing.NOT_SCORED
    is_on_it = on == scale.key and likelihood <= len(scale.likelihoods) and impact <= len(scale.impacts)
    return (likelihood, impact) if is_on_it else Standing.ELSEWHERE


def _read(scale: Scale, text: str) -> Place:
    on, *levels = text.split(" ")
    return _place(scale, on, *map(int, levels)) if levels else Standing(text)
