"""The shelf of one answer: at which moment a board last had the register of a programme before it.

The boardroom stands on a higher floor and registers the answer in its own `board_moments.py`.
"""

from collections.abc import Callable
from datetime import datetime

from programmes.models import Programme
from xgov.accounts.models import User

Answer = Callable[[Programme, User], datetime | None]

_shelf: list[Answer] = []


def answers_board_moment(function: Answer) -> Answer:
    _shelf.append(function)
    return function


def last_board_moment(programme: Programme, person: User) -> datetime | None:
    """As at when the newest pack was made that the person may know of; None when none was issued to a board yet."""
    moments = [moment for function in _shelf if (moment := function(programme, person)) is not None]
    return max(moments, default=None)
