"""What can be wrong with a change, in sentences for the person who asked for it."""

from datetime import datetime
from typing import Any

from xgov.access.roles import type_of_text


class RuleBroken(Exception):
    """The change is not possible; the message says why. `field` names the answer it belongs to, if any."""

    def __init__(self, message: type_of_text, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NoSigner(Exception):
    """A governed record was about to be saved and nobody signs for it. Wrap the write in `acting(by, reason)`."""


class HistoryBypassed(Exception):
    """A write that would have left no history."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the record since this person opened it.

    `before` and `after` are the rows of its history, None where there is none. What differs between them is put in
    words by the page, for whoever reads it: not everybody may see every record that they name.
    """

    def __init__(self, *, by: str, when: datetime, before: Any, after: Any, lock_version: int) -> None:
        super().__init__(f"Changed meanwhile by {by}")
        self.by = by
        self.when = when
        self.before = before
        self.after = after
        self.lock_version = lock_version
