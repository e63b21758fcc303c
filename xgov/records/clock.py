"""What day it is, for everybody: Europe/London."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> date:
    """The present day in Europe/London."""
    return timezone.localdate()


def financial_year(day: date) -> str:
    """The UK central government financial year that holds the day, as `2026-27` (1 April to 31 March)."""
    start = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"
