"""Any scale that the rules let through scores as a scale must; what they stop is named by its cell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks import terms_data
from risks.register_terms import DEFAULT_TERMS, Terms
from risks.scales import FIVE_BY_FIVE, SCALES
from risks.scoring import BANDS, HIGHEST_POSSIBLE, BandRange, Scale
from risks.terms_changes import differences
from risks.terms_rules import faults_of, scale_faults
from tests.risks.settings_terms import NATIONAL, WEIGHTED, WITH_WINTER

steps = st.integers(1, 5)
cells = st.integers(-3, HIGHEST_POSSIBLE + 3)


@st.composite
def any_scales(draw: st.DrawFn) -> Scale:
    """Mostly nonsense."""
    row = st.tuples(*[cells] * 5)
    limits = [draw(st.integers(0, 110)) for _ in BANDS]
    begins = [1, *(limit + draw(st.sampled_from([1, 1, 1, 0, 2])) for limit in limits)]
    bands = [
        BandRange(key, lowest, highest, draw(st.integers(0, 100)))
        for key, lowest, highest in zip(BANDS, begins, limits, strict=False)
    ]
    return replace(FIVE_BY_FIVE, matrix=draw(st.tuples(*[row] * 5)), bands=tuple(bands))


@st.composite
def rising_scales(draw: st.DrawFn) -> Scale:
    """A matrix that never falls, made of steps of nothing or more; bands cut it in four."""
    matrix = [[0] * 5 for _ in range(5)]
    for row in range(5):
        for column in range(5):
            below = max(matrix[row - 1][column] if row else 1, matrix[row][column - 1] if column else 1)
            matrix[row][column] = below + draw(st.integers(0, 4)) + (row == column == 4) * 4
    highest = matrix[4][4]
    limits = [*sorted(draw(st.sets(st.integers(1, highest - 1), min_size=3, max_size=3))), highest]
    begins = [1, *(limit + 1 for limit in limits)]
    bands = tuple(
        BandRange(key, lowest, limit, draw(st.integers(1, 730)))
        for key, lowest, limit in zip(BANDS, begins, limits, strict=False)
    )
    return replace(FIVE_BY_FIVE, matrix=tuple(map(tuple, matrix)), bands=bands)


def is_monotone(scale: Scale) -> bool:
    rows, columns = scale.matrix, list(zip(*scale.matrix, strict=True))
    return all(list(line) == sorted(line) for line in [*rows, *columns])


@pytest.mark.parametrize("scale", SCALES.values(), ids=str)
def test_the_scales_that_come_with_the_service_have_no_faults(scale: Scale) -> None:
    assert scale_faults(scale) == []
    assert is_monotone(scale)


@given(rising_scales())
def test_a_matrix_that_rises_with_bands_that_meet_is_let_through(scale: Scale) -> None:
    assert scale_faults(scale) == []


@given(rising_scales(), steps, steps, steps, steps)
def test_what_is_likelier_and_graver_never_scores_lower(scale: Scale, a: int, b: int, c: int, d: int) -> None:
    low, high = scale.score(min(a, b), min(c, d)), scale.score(max(a, b), max(c, d))
    assert low.value <= high.value
    assert low.band.rank <= high.band.rank


@given(rising_scales())
def test_each_score_that_can_be_made_is_in_exactly_one_band(scale: Scale) -> None:
    for value in range(1, scale.highest + 1):
        holding = [scores.key for scores in scale.bands if scores.lowest <= value <= scores.highest]
        assert holding == [scale.band(value).key]


@given(any_scales())
def test_no_scale_is_let_through_that_falls_or_has_a_gap(scale: Scale) -> None:
    if scale_faults(scale):
        return
    assert is_monotone(scale)
    values = {value for row in scale.matrix for value in row}
    assert all(sum(s.lowest <= value <= s.highest for s in scale.bands) == 1 for value in values)


@given(rising_scales(), steps, steps)
def test_a_cell_that_falls_is_named(scale: Scale, likelihood: int, impact: int) -> None:
    if (likelihood, impact) == (1, 1):
        return
    matrix = [list(row) for row in scale.matrix]
    below = matrix[likelihood - 2][impact - 1] if likelihood > 1 else matrix[likelihood - 1][impact - 2]
    if below == 1:
        return  # nothing lower is a score
    matrix[likelihood - 1][impact - 1] = below - 1
    crooked = replace(scale, matrix=tuple(map(tuple, matrix)))
    assert f"cell_{likelihood}_{impact}" in {fault.place for fault in scale_faults(crooked)}


@given(rising_scales())
def test_terms_come_back_from_the_database_as_they_were(scale: Scale) -> None:
    terms = replace(WITH_WINTER, scale=scale)
    data = terms_data.as_data(terms)
    again = terms_data.as_terms(scale.key, data)
    assert terms_data.as_data(again) == data
    assert again.scale.matrix == scale.matrix
    assert differences(terms, again) == []


@pytest.mark.parametrize("terms", [DEFAULT_TERMS, WEIGHTED, NATIONAL, WITH_WINTER])
def test_the_terms_of_these_tests_have_no_faults(terms: Terms) -> None:
    assert faults_of(terms) == []


def test_differences_are_told_in_words() -> None:
    found = [(each.label, each.was, each.now) for each in differences(DEFAULT_TERMS, WEIGHTED)]
    assert found[0] == ("Score at likelihood 1 and impact 5", "5", "10")
    assert [each.label for each in differences(DEFAULT_TERMS, NATIONAL)] == ["Scale"]
    added = differences(DEFAULT_TERMS, WITH_WINTER)
    assert [(each.label, each.was, each.now) for each in added] == [
        ("Local category “Winter pressures”", "", "under Operations")
    ]


def test_names_and_limits_that_say_nothing_are_refused() -> None:
    first, *others = FIVE_BY_FIVE.likelihoods
    nameless = replace(FIVE_BY_FIVE, likelihoods=(replace(first, label=" "), *others))
    assert [fault.place for fault in scale_faults(nameless)] == ["likelihood_1_label"]
    low, *higher = FIVE_BY_FIVE.bands
    overlapping = replace(FIVE_BY_FIVE, bands=(replace(low, highest=5), *higher))
    assert [fault.place for fault in scale_faults(overlapping)] == ["up_to_MEDIUM"]
    assert {fault.place for fault in faults_of(replace(DEFAULT_TERMS, categories=()))} == {"categories"}
