from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from programmes.actions import rate_confidence
from programmes.models import ConfidenceRating, Programme
from tests.cast import Cast
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

R, K = ConfidenceRating.Rating, ConfidenceRating.Kind


def test_the_sro_rates_on_three_points(cast: Cast) -> None:
    rated = rate_confidence(cast.programme, R.AMBER, by=cast.sro, narrative="Beds are late; a second site is let.")
    assert (rated.kind, rated.scale, rated.rated_by) == (K.SRO, ConfidenceRating.Scale.THREE_POINT, cast.sro)
    assert Programme.objects.with_confidence().get(pk=cast.programme.pk).confidence == R.AMBER


def test_the_programme_manager_records_an_independent_rating_and_who_gave_it(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        rate_confidence(cast.programme, R.GREEN, by=cast.manager, kind=K.INDEPENDENT)
    assert refused.value.field == "rater"
    rated = rate_confidence(cast.programme, R.GREEN, by=cast.manager, kind=K.INDEPENDENT, rater="NISTA")
    assert (rated.rater, rated.rated_by) == ("NISTA", None)


def test_nobody_rates_for_the_sro(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Only the SRO"):
        rate_confidence(cast.programme, R.GREEN, by=cast.manager)


@pytest.mark.parametrize("rating", [R.AMBER, R.RED])
def test_red_and_amber_need_a_narrative(cast: Cast, rating: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rate_confidence(cast.programme, rating, by=cast.sro, narrative=" ")
    assert refused.value.field == "narrative"


@pytest.mark.parametrize("rating", ["AMBER_GREEN", "AMBER_RED", "WITHHELD", "NOT_SET", "PINK", ""])
def test_the_five_point_scale_is_history(cast: Cast, rating: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rate_confidence(cast.programme, rating, by=cast.sro, narrative="Why")
    assert refused.value.field == "rating"


def test_no_rating_of_tomorrow(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        rate_confidence(cast.programme, R.GREEN, by=cast.sro, rated_on=today() + timedelta(days=1))
    assert refused.value.field == "rated_on"


def test_two_clicks_are_one_rating(cast: Cast) -> None:
    for _click in range(2):
        rate_confidence(cast.programme, R.GREEN, by=cast.sro)
    assert ConfidenceRating.objects.count() == 1


def test_of_two_ratings_on_one_day_the_independent_one_leads(cast: Cast) -> None:
    rate_confidence(cast.programme, R.GREEN, by=cast.sro)
    rate_confidence(cast.programme, R.RED, by=cast.manager, kind=K.INDEPENDENT, rater="NISTA", narrative="Why")
    found = Programme.objects.with_confidence().get(pk=cast.programme.pk)
    assert (found.confidence, found.confidence_kind) == (R.RED, K.INDEPENDENT)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "administrator"])
def test_nobody_else_rates(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        rate_confidence(cast.programme, R.GREEN, by=getattr(cast, who))
