"""The story's calendar: so many days before today, at ten in the morning."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from xgov.records.clock import telling_of

LONDON = ZoneInfo("Europe/London")


def day(days_ago: int) -> date:
    """The day so long before the real today; negative for days to come."""
    return timezone.localdate() - timedelta(days=days_ago)


@contextmanager
def on(days_ago: int, hour: int = 10) -> Iterator[date]:
    """What is done inside is dated then."""
    then = day(days_ago)
    with telling_of(datetime.combine(then, time(hour), tzinfo=LONDON)):
        yield then


def working_day(days_ago: int) -> date:
    """That day, or the Friday before it: boards do not meet at weekends."""
    then = day(days_ago)
    return then - timedelta(days=max(0, then.weekday() - 4))
