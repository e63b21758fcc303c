"""Rating the confidence that a programme will deliver: on three points, by the SRO or independently."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.actions.statuses import is_sro
from programmes.models import ConfidenceRating, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def rate_confidence(
    programme: Programme, rating: str, *, by: User, kind: str = ConfidenceRating.Kind.SRO, narrative: str = "",
    rater: str = "", rated_on: date | None = None,
) -> ConfidenceRating:  # fmt: skip
    """The SRO rates for themselves; an independent rating is recorded by those who run the programme."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    rated = ConfidenceRating(
        programme=programme, kind=kind, scale=ConfidenceRating.Scale.THREE_POINT, rating=rating,
        rated_on=rated_on or today(), narrative=narrative.strip(), rater=rater.strip(),
        rated_by=by if kind == ConfidenceRating.Kind.SRO else None,
    )  # fmt: skip
    if said := _said_already(rated):
        return said
    _refuse_impossible(rated, by)
    with acting(by):
        rated.save()
    return rated


def _said_already(rated: ConfidenceRating) -> ConfidenceRating | None:
    """Two clicks on one button are one rating."""
    same = ("programme", "kind", "rating", "rated_on", "narrative", "rater")
    return ConfidenceRating.objects.filter(**{name: getattr(rated, name) for name in same}).first()


def _refuse_impossible(rated: ConfidenceRating, by: User) -> None:
    if rated.programme.is_over:
        raise RuleBroken(_("This programme is over."))
    if rated.rating not in ConfidenceRating.THREE_POINTS:
        raise RuleBroken(_("Select green, amber or red."), "rating")
    if rated.kind not in ConfidenceRating.Kind.values:
        raise RuleBroken(_("Select who made the assessment."), "kind")
    if rated.kind == ConfidenceRating.Kind.SRO and not is_sro(rated.programme, by):
        raise RuleBroken(_("Only the SRO can give the SRO's own assessment."), "kind")
    if rated.kind == ConfidenceRating.Kind.INDEPENDENT and not rated.rater:
        raise RuleBroken(_("Name the body or person that made the independent assessment."), "rater")
    if rated.rating != ConfidenceRating.Rating.GREEN and not rated.narrative:
        raise RuleBroken(_("Say why, and what is being done: red and amber need both."), "narrative")
    if rated.rated_on > today():
        raise RuleBroken(_("The day of the assessment cannot lie in the future."), "rated_on")
