"""The shelf of one answer: on which day a board last had the register of a programme before it.

The boardroom stands on a higher floor and registers the answer in its own `board_days.py`.
"""

from collections.abc import Callable
from datetime import date

from programmes.models import Programme
from xgov.accounts.models import User

Answer = Callable[[Programme, User], date | None]

_shelf: list[Answer] = []


def answers_board_day(function: Answer) -> Answer:
    _shelf.append(function)
    return function


def last_board_day(programme: Programme, person: User) -> date | None:
    """The newest of the days that the person may know of; None when no pack was issued to a board yet."""
    days = [day for function in _shelf if (day := function(programme, person)) is not None]
    return max(days, default=None)
