"""What becomes of what a person holds when their account is stopped: a shelf that the pages and actions here read.

An app says it in its `leavers.py`, of the records that it keeps:

    put(Holding(_("Seats on boards"), rows=seats_of, line=line_of_seat, end=end_seat_of_leaver))
    put(Holding(_("Risks they own"), rows=risks_of, line=line_of_risk))

What has an `end` ends the same day, by the same action. What has none stays in the person's name until somebody takes
it over, and is listed so that somebody does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import ngettext

from xgov.access.roles import type_of_text
from xgov.accounts.models import User
from xgov.accounts.parts import Line, Part
from xgov.records.models import GovernedModel
from xgov.records.querysets import GovernedQuerySet

SHOWN = 20


@dataclass(frozen=True)
class Holding:
    """`rows` are those that have not ended; `end` writes one of them, inside acting(), its door being held."""

    title: type_of_text
    rows: Callable[[User], GovernedQuerySet]
    line: Callable[[GovernedModel], Line]
    end: Callable[[GovernedModel, str], None] | None = None
    order: int = 50


_holdings: list[Holding] = []


def put(holding: Holding) -> None:
    _holdings.append(holding)
    _holdings.sort(key=lambda each: each.order)


def end_all(person: User, reason: str) -> None:
    """End today whatever ends with the account."""
    for holding in _holdings:
        if holding.end is not None:
            for row in holding.rows(person).order_by("pk"):
                holding.end(row, reason)


def what_ends(person: User, reader: User) -> list[Part]:
    """For the page that asks before the account is stopped: what the reader may see of it, and how much else."""
    return [part for part in (_part(each, person, reader) for each in _holdings if each.end) if part]


def what_is_left(person: User, reader: User) -> list[Part]:
    """What stays in the person's name, for somebody else to take over."""
    return [part for part in (_part(each, person, reader) for each in _holdings if not each.end) if part]


def _part(holding: Holding, person: User, reader: User) -> Part | None:
    number = holding.rows(person).count()
    if not number:
        return None
    seen = holding.rows(person).visible_to(reader)
    lines = [holding.line(row) for row in seen.order_by("pk")[:SHOWN]]
    unnamed = _in_words(seen.count() - len(lines), number - seen.count())
    return Part(holding.title, lines, empty=unnamed, more_words=unnamed, order=holding.order)


def _in_words(more: int, hidden: int) -> str:
    """How many are not named, and why. A number tells nobody in which programme they are."""
    words = []
    if more:
        words.append(ngettext("%(number)d more.", "%(number)d more.", more) % {"number": more})
    if hidden:
        found = ngettext("%(number)d that you may not see.", "%(number)d that you may not see.", hidden)
        words.append(found % {"number": hidden})
    return " ".join(words)
