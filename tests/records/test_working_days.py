from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xgov.records import working_days

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("asked_on", "number", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 12, 23), 3, date(2026, 12, 30)),  # Christmas Day, and Boxing Day moved to the Monday
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday and Easter Monday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the state funeral, a holiday of that year alone
        (date(2026, 11, 22), 0, date(2026, 11, 23)),  # a Sunday is not a day for an answer
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_an_answer_is_expected_on_a_working_day_in_england(asked_on, number, due) -> None:
    assert working_days.after(asked_on, number) == due


def test_the_day_before_is_not_a_number_of_working_days_away() -> None:
    with pytest.raises(ValueError, match="forwards"):
        working_days.after(date(2026, 11, 24), -1)


@given(DAYS, st.integers(1, 40))
def test_counting_there_and_counting_back_agree(day, number) -> None:
    due = working_days.after(day, number)
    assert working_days.is_working_day(due)
    assert working_days.between(day, due) == number
    assert working_days.between(day, due - timedelta(days=1)) == number - 1
