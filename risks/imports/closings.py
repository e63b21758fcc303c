"""The day on which a risk was closed: the register keeps it, so a file can only say it again."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from risks.imports.rows import Row
from xgov.records.clock import today


def wrong_day(row: Row, ending: str, *versions: Any) -> str:
    """What is wrong with the day that the row gives, in words; nothing when it may stand.

    `ending`: what the row makes of the risk. `versions`: the risk as it is, and as whoever edited the row had it.
    """
    day = row.closed_on
    known = [_day_of(version) for version in versions]
    if day is None or day in known:
        return ""
    if day > today():
        return _("must be today or earlier")
    if (identified := row.answers.get("identified_on")) and day < identified:
        return _("is before the day on which the risk was identified")
    if ending:
        return ""
    if any(known):
        return _("cannot be changed: the register keeps the day on which the risk was closed")
    return _("is given, but the row does not close the risk")


def reason_given(row: Row) -> str:
    """Why it was closed. A risk is closed on the day on which that is applied: what the file says of it is kept too."""
    reason = row.answers.get("closing_reason", "") or row.reason
    if reason and row.closed_on not in (None, today()):
        reason += " " + _("(Closed on %(day)s, as the file says.)") % {"day": date_format(row.closed_on, "j F Y")}
    return reason


def _day_of(version: Any) -> dt.date | None:
    return timezone.localtime(version.closed_at).date() if version.closed_at else None
