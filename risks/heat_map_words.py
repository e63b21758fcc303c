"""What has moved on a heat map, in sentences: the same under the page's matrix and in a board's pack."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from risks.heat_map import Movement
from risks.heat_movement import Place, Standing
from xgov.pages.values import day

_WHENCE = {
    Standing.IN_A_CELL: ngettext_lazy("%(n)d from another cell", "%(n)d from other cells", "n"),
    Standing.ABSENT: ngettext_lazy("%(n)d is new", "%(n)d are new", "n"),
    Standing.ENDED: ngettext_lazy("%(n)d was opened again", "%(n)d were opened again", "n"),
    Standing.NOT_SCORED: ngettext_lazy("%(n)d had no score then", "%(n)d had no score then", "n"),
    Standing.ELSEWHERE: ngettext_lazy(
        "%(n)d was scored on another scale then", "%(n)d were scored on another scale then", "n"
    ),
}
_WHITHER = {
    Standing.IN_A_CELL: ngettext_lazy("%(n)d to another cell", "%(n)d to other cells", "n"),
    Standing.ENDED: ngettext_lazy("%(n)d has ended", "%(n)d have ended", "n"),
    Standing.NOT_SCORED: ngettext_lazy("%(n)d has no score any more", "%(n)d have no score any more", "n"),
    Standing.ELSEWHERE: ngettext_lazy(
        "%(n)d is scored on another scale now", "%(n)d are scored on another scale now", "n"
    ),
}


def movement_in_words(movement: Movement) -> list[str]:
    """How many came into a cell, and whence; how many left one, and whither."""
    since = {"day": day(movement.since.moment)}
    came, left = movement.came.total(), movement.left.total()
    if not came and not left:
        return [_("No risk has moved into or out of a cell since %(day)s.") % since]
    came_words = ngettext(
        "Since %(day)s, %(number)d risk came into a cell", "Since %(day)s, %(number)d risks came into a cell", came
    )
    left_words = ngettext("%(number)d risk left a cell", "%(number)d risks left a cell", left)
    return [
        _with_parts(came_words % {**since, "number": came}, movement.came, _WHENCE),
        _with_parts(left_words % {"number": left}, movement.left, _WHITHER),
    ]


def _with_parts(words: str, counted: Counter[Place], parts: Mapping[Standing, str]) -> str:
    told = [said % {"n": counted[standing]} for standing, said in parts.items() if counted[standing]]
    return f"{words}: {', '.join(told)}." if told else f"{words}."
