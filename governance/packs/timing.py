"""How long before a meeting a pack was issued."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from xgov.records import working_days

# PK-2: members have a pack so many working days before they meet. A local default.
WORKING_DAYS_BEFORE = 5


def working_days_before(issued_at: datetime | None, meeting_on: date | None) -> int | None:
    """Working days from the day of issue to the day before the meeting."""
    if issued_at is None or meeting_on is None:
        return None
    one_day = timedelta(days=1)
    return working_days.between(localdate(issued_at) - one_day, meeting_on - one_day)
