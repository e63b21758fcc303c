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


def test_the_clock_cannot_be_set_outside_the_demonstration() -> None:
    with pytest.raises(ImproperlyConfigured), clock.telling_of(datetime(2025, 1, 1, tzinfo=UTC)):
        pass


def test_what_the_demonstration_tells_of_last_year_is_dated_last_year(cast: Cast, settings) -> None:
    settings.XGOV_DEMO = True
    with clock.telling_of(datetime(2025, 5, 1, 9, tzinfo=UTC)), acting(cast.sro):
        cast.programme.save()
    assert cast.programme.history.order_by("history_id").last().history_date.year == 2025
    assert cast.programme.updated_at.year == 2025
