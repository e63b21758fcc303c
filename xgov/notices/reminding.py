"""The shelf of reminders: each app says in its `reminders.py` what falls due, and for whom.

    @reminds
    def reviews(days: Window) -> Iterator[Reminder]:
        for risk in Risk.objects.open().filter(review_due__lte=days.last): ...

A reminder is part of the daily mail while the thing is due soon or late. The mail itself goes out only when there is
news: a notice, or a reminder that has reached one of its days (a local default): a week before, the day itself, the day
after, then every week.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model

DAYS_BEFORE = 7
DAYS_BETWEEN = 7


@dataclass(frozen=True)
class Window:
    """What is reminded of on this day: all that was due before it, and what falls due up to and with `last`."""

    today: date

    @property
    def last(self) -> date:
        return self.today + timedelta(days=DAYS_BEFORE)


@dataclass(frozen=True)
class Reminder:
    """Something of one person’s that is due: `words` start with a verb, as “Review risk R-0001, Shelters full”."""

    person_id: int
    about: Model
    words: str
    url: str
    due: date
    where: str = ""

    def days_late(self, day: date) -> int:
        return (day - self.due).days

    def is_news(self, since: date, until: date) -> bool:
        """Whether one of its days lies after `since`, up to and with `until`."""
        return any(
            _is_one_of_its_days((since + timedelta(days=n) - self.due).days) for n in range(1, (until - since).days + 1)
        )


def _is_one_of_its_days(days_late: int) -> bool:
    return days_late in (-DAYS_BEFORE, 0, 1) or (days_late > 0 and days_late % DAYS_BETWEEN == 0)


Reminds = Callable[[Window], Iterable[Reminder]]
_shelf: list[Reminds] = []


def reminds(function: Reminds) -> Reminds:
    _shelf.append(function)
    return function


def reminders_on(day: date) -> list[Reminder]:
    """All that is due soon or late on this day, for everybody."""
    window = Window(day)
    return [reminder for function in _shelf for reminder in function(window) if reminder.due <= window.last]
