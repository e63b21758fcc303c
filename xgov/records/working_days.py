"""Days on which an answer can be expected: Monday to Friday, without the bank holidays of England and Wales."""

from datetime import date, timedelta

import holidays

_BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Source: bank holidays as the `holidays` library lists them for England, moved and one-off ones included."""
    return day.weekday() < _SATURDAY and day not in _BANK_HOLIDAYS


def after(day: date, number: int) -> date:
    """The day that lies `number` working days after this one; the day itself does not count.

    0 gives the day itself when it is a working day, else the next one. Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("Working days are counted forwards.")
    for _ in range(number):
        day = _on_or_after(day + timedelta(days=1))
    return _on_or_after(day)


def _on_or_after(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and with `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
