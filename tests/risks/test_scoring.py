"""The scale: every cell, every band, and nothing beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.models import Risk
from risks.scales import FIVE_BY_FIVE
from risks.scoring import NOT_SCORED, NotOnTheScale

score, band = FIVE_BY_FIVE.score, FIVE_BY_FIVE.band

levels = st.integers(1, 5)


@given(levels, levels)
def test_every_cell_of_the_matrix_has_a_score_in_a_band(likelihood: int, impact: int) -> None:
    made = score(likelihood, impact)
    assert (made.likelihood, made.impact) == (likelihood, impact)
    assert FIVE_BY_FIVE.range_of(made.band).lowest <= made.value <= FIVE_BY_FIVE.range_of(made.band).highest
    assert bool(made)


@given(levels, levels)
def test_a_likelier_or_graver_risk_never_scores_lower(likelihood: int, impact: int) -> None:
    value = score(likelihood, impact).value
    assert value <= score(min(5, likelihood + 1), impact).value
    assert value <= score(likelihood, min(5, impact + 1)).value


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (1, "LOW"), (3, "LOW"), (4, "MEDIUM"), (9, "MEDIUM"),
        (10, "HIGH"), (15, "HIGH"), (16, "VERY_HIGH"), (25, "VERY_HIGH"),
    ],
)  # fmt: skip
def test_the_bands_meet_without_gap_or_overlap(value: int, key: str) -> None:
    assert band(value).key == key
    assert sum(b.lowest <= value <= b.highest for b in FIVE_BY_FIVE.bands) == 1


@given(st.integers(), st.integers())
def test_what_is_not_on_the_scale_is_refused_in_a_sentence(likelihood: int, impact: int) -> None:
    if 1 <= likelihood <= 5 and 1 <= impact <= 5:
        return
    with pytest.raises(NotOnTheScale, match="from 1 to 5"):
        score(likelihood, impact)


@pytest.mark.parametrize("value", [0, -1, 26])
def test_a_score_outside_every_band_is_refused(value: int) -> None:
    with pytest.raises(NotOnTheScale):
        band(value)


def test_half_an_assessment_is_refused_and_none_is_not_scored() -> None:
    with pytest.raises(NotOnTheScale):
        score(3, None)
    assert score(None, None) is NOT_SCORED
    assert not NOT_SCORED


def test_a_score_reads_as_people_say_it() -> None:
    assert str(score(4, 5)) == "20 (4 x 5, very high)"
    assert str(NOT_SCORED) == "Not scored"


@given(levels, levels)
def test_a_risk_reads_back_the_score_that_was_set(likelihood: int, impact: int) -> None:
    risk = Risk()
    assert risk.residual is NOT_SCORED
    risk.residual = score(likelihood, impact)
    assert risk.residual == score(likelihood, impact)
    assert risk.residual_score == FIVE_BY_FIVE.matrix[likelihood - 1][impact - 1]
    risk.residual = NOT_SCORED
    assert (risk.residual_likelihood, risk.residual_impact, risk.residual_score) == (None, None, 0)
