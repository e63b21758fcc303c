"""How often a dataset is refreshed, and when the next refresh is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xgov.records.clock import months_after


@dataclass(frozen=True)
class RefreshCycle:
    code: str
    label: str | Promise
    days: int = 0
    months: int = 0
    repeats: bool = True

    def next_after(self, day: date) -> date | None:
        """When the refresh after the one received on that day is due; None where none is."""
        if not self.repeats:
            return None
        return months_after(day, self.months) if self.months else day + timedelta(days=self.days)


CYCLES = [
    RefreshCycle("REAL_TIME", _("Real time"), days=1),
    RefreshCycle("HOURLY", _("Hourly"), days=1),
    RefreshCycle("DAILY", _("Daily"), days=1),
    RefreshCycle("WEEKLY", _("Weekly"), days=7),
    RefreshCycle("FORTNIGHTLY", _("Fortnightly"), days=14),
    RefreshCycle("MONTHLY", _("Monthly"), months=1),
    RefreshCycle("QUARTERLY", _("Quarterly"), months=3),
    RefreshCycle("TERMLY", _("Every school term"), months=4),  # local default: three terms a year
    RefreshCycle("ANNUAL", _("Yearly"), months=12),
    RefreshCycle("AD_HOC", _("When asked for"), repeats=False),
    RefreshCycle("ONE_OFF", _("Once"), repeats=False),
]

BY_CODE = {cycle.code: cycle for cycle in CYCLES}
ONE_OFF = "ONE_OFF"
