from datetime import date

from xgov.records.clock import months_after, today

# What begins later than this is mostly a slip in the year. The number is a local default.
STARTS_WITHIN_MONTHS = 12


class Term:
    """What holds from `since` on, and no longer from `until` on.

    One that was cancelled before it began has no day at all: it stays in history, and neither counts nor shows.
    """

    since: date
    until: date | None

    @property
    def has_begun(self) -> bool:
        return self.since <= today()

    @property
    def starts_too_late(self) -> bool:
        return self.since > months_after(today(), STARTS_WITHIN_MONTHS)

    @property
    def is_current(self) -> bool:
        return self.has_begun and (self.until is None or self.until > today())

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until <= max(today(), self.since)

    def end(self, on: date | None = None) -> None:
        """On that day, today by default; if it has not begun by then, it never does."""
        self.until = max(on or today(), self.since)
