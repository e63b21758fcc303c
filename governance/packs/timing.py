"""How long before a meeting a pack was issued."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

# PK-2: members have a pack so many working days before they meet. A local default.
WORKING_DAYS_BEFORE = 5


def working_days_before(issued_at: datetime | None, meeting_on: date | None) -> int | None:
    """Mondays to Fridays from the day of issue to the day before the meeting; bank holidays are not known here."""
    if issued_at is None or meeting_on is None:
        return None
    first = localdate(issued_at)
    days = (first + timedelta(days=number) for number in range(max(0, (meeting_on - first).days)))
    return sum(day.weekday() < 5 for day in days)
