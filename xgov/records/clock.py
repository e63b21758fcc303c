"""What day it is, for everybody: Europe/London."""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("xgov_clock", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """The present day in Europe/London."""
    return timezone.localdate(now())


@contextmanager
def telling_of(moment: datetime) -> Iterator[None]:
    """For the demonstration's story only: what is recorded inside is dated at this moment."""
    if not settings.XGOV_DEMO:
        raise ImproperlyConfigured("The clock can be set in the demonstration only.")
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def financial_year(day: date) -> str:
    """The UK central government financial year that holds the day, as `2026-27` (1 April to 31 March)."""
    start = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"
