"""The trail of scores: as steps, and as a picture that a page and a paper share."""

from datetime import timedelta
from itertools import pairwise

import time_machine
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from risks.actions import rescore_risk
from risks.models import Risk
from risks.scales import FIVE_BY_FIVE
from risks.scoring import ASSESSMENTS, NOT_SCORED
from risks.trail import Step, score_trail
from risks.trend import HEIGHT, LEFT, NAMES_APART, RIGHT, WIDTH, trend_of
from tests.cast import Cast, client_of
from tests.factories import make_risk
from tests.risks.answers import RISKS, text_of
from xgov.papers import pdf
from xgov.records.clock import now

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>Trend</title></head><body><h1>Trend</h1>{}</body></html>'

scores = st.one_of(
    st.just(NOT_SCORED), st.tuples(st.integers(1, 5), st.integers(1, 5)).map(lambda pair: FIVE_BY_FIVE.score(*pair))
)
assessments = st.fixed_dictionaries(dict.fromkeys(ASSESSMENTS, scores))


def trail_of(given_scores: list[dict], days: list[int]) -> list[Step]:
    moment = now() - timedelta(days=2000)
    steps = []
    for each, gap in zip(given_scores, days, strict=False):
        moment += timedelta(days=gap)
        steps.append(Step(moment, "Somebody", "A reason.", (), each))
    return steps[::-1]


@settings(max_examples=50)
@given(st.lists(assessments, max_size=8), st.lists(st.integers(0, 200), min_size=8, max_size=8))
def test_the_picture_stays_on_its_paper_and_its_names_apart(given_scores: list[dict], days: list[int]) -> None:
    trend = trend_of(Risk(pk=1, reference="R-0001", scale="5X5"), trail_of(given_scores, days))
    if trend is None:
        assert not any(score for each in given_scores for score in each.values())
        return
    for line in trend.lines:
        for x, y in [tuple(map(float, point.split(","))) for point in line.points.split()]:
            assert LEFT <= x <= WIDTH - RIGHT
            assert 0 <= y <= HEIGHT
    named_at = sorted(line.name_at for line in trend.lines)
    assert all(lower - upper > NAMES_APART - 0.01 for upper, lower in pairwise(named_at))
    assert all(str(line.value) in trend.words for line in trend.lines)


def test_the_trail_tells_all_three_assessments_with_who_and_why(cast: Cast, partners_risk: Risk) -> None:
    rescore_risk(partners_risk, by=cast.contributor, reason="Two shelters closed.", residual=(4, 5), target=(3, 3))
    rescore_risk(partners_risk, by=cast.manager, reason="Looked at.")
    newest, first = score_trail(partners_risk)
    assert {move.assessment for move in newest.moves} == {"residual", "target"}
    assert (newest.by, newest.reason) == ("Conrad Contribute", "Two shelters closed.")
    assert {move.assessment for move in first.moves} == set(ASSESSMENTS), "a review that changes no score is no step"


def test_the_page_has_the_picture_and_the_table_beside_it(cast: Cast, partners_risk: Risk) -> None:
    with time_machine.travel(now() + timedelta(days=3)):
        rescore_risk(partners_risk, by=cast.contributor, reason="Two shelters closed.", residual=(4, 5))
        text = text_of(client_of(cast.viewer).get(f"{RISKS}R-0002/trail/"))
    for words in (
        "<title id=",
        "<desc id=",
        "Residual: from 9 to 20.",
        "20 (4 x 5, very high)",
        "Two shelters closed.",
    ):
        assert words in text


def test_the_same_picture_can_be_printed(cast: Cast, partners_risk: Risk) -> None:
    trend = trend_of(partners_risk, score_trail(partners_risk))
    printed = pdf.render(PAGE.format(render_to_string("risks/pictures/trend.html", {"trend": trend})))
    assert printed.pages == 1
    assert not printed.warnings


def test_a_risk_without_a_score_has_no_picture(cast: Cast) -> None:
    draft = make_risk(
        cast.programme, cast.dwp, cast.contributor, status="DRAFT", inherent=(None, None), residual=(None, None),
        target=(None, None),
    )  # fmt: skip
    assert trend_of(draft, score_trail(draft)) is None
    page = text_of(client_of(cast.contributor).get(f"{draft.get_absolute_url()}trail/"))
    assert "It has not been scored yet." in page
