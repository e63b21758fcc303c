from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.cast import Cast
from xgov.records import clock
from xgov.records.acting import acting


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(1999, 4, 1), "1999-00")],
)
def test_the_financial_year_begins_on_the_first_of_april(day: date, year: str) -> None:
    assert clock.financial_year(day) == year


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(9999, 12, 31), 6, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert clock.months_after(day, months) == later


def test_the_clock_cannot_be_set_outside_the_demonstration() -> None:
    with pytest.raises(ImproperlyConfigured), clock.telling_of(datetime(2025, 1, 1, tzinfo=UTC)):
        pass


def test_what_the_demonstration_tells_of_last_year_is_dated_last_year(cast: Cast, settings) -> None:
    settings.XGOV_DEMO = True
    with clock.telling_of(datetime(2025, 5, 1, 9, tzinfo=UTC)), acting(cast.sro):
        cast.programme.save()
    assert cast.programme.history.order_by("history_id").last().history_date.year == 2025
    assert cast.programme.updated_at.year == 2025
