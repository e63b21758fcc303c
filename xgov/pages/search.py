"""Search over all floors: each app says in its own `search.py` what of it may be found, and by which words.

    findable(Kind("risks", _("Risks"), order=20, seen_by=risks, name="title", texts=("cause", "event"), ...))

What is found starts at what the person who asks may see. Each kind costs one question, however much there is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Max, Min, Model, Q, QuerySet, Value, When, Window
from django.urls import reverse

from xgov.access import rules
from xgov.access.doors import at_path, is_sensitive
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.pages.registers.filtering import searching

SHORTEST, LONGEST, MOST_WORDS = 2, 200, 8
SHOWN = 5  # of each kind; the list has all
_BEFORE, _SNIPPET = 60, 180
_EXACT = 0


@dataclass(frozen=True)
class ListOfAll:
    """The lists that take the same words: of one programme, and of all that the person may see."""

    inside: str = ""
    everywhere: str = ""
    every_state: str = ""  # what the address must say so that the list leaves nothing out by itself


@dataclass(frozen=True)
class Kind:
    """One kind of record that may be found.

    `seen_by` starts at `visible_to` and brings along what is shown. The words are looked for in the fields `reference`,
    `name`, `texts`, which are quoted around the word, and `also`, which are not. `programme` is the way from the record
    to its programme, empty where it has none.
    """

    key: str
    heading: type_of_text
    order: int
    seen_by: Callable[[Model], QuerySet]
    name: str
    reference: str = ""
    texts: Sequence[str] = ()
    also: Sequence[str] = ()
    programme: str = "programme"
    title: Callable[[Model], type_of_text] | None = None
    state: Callable[[Model], type_of_text] | None = None
    address: Callable[[Model], str] = lambda record: record.get_absolute_url()
    lists: ListOfAll = ListOfAll()

    @property
    def fields(self) -> list[str]:
        return [name for name in (self.reference, self.name, *self.texts, *self.also) if name]


@dataclass(frozen=True)
class Found:
    reference: str
    title: str
    url: str
    programme: str = ""
    state: type_of_text = ""
    snippet: str = ""
    is_sensitive: bool = False


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the first few, how many there are, and the list that shows all."""

    kind: Kind
    total: int
    found: list[Found]
    all_url: str = ""
    has_exact: bool = False  # one of them bears the very reference that was asked for

    @property
    def left_out(self) -> int:
        return self.total - len(self.found)


_kinds: dict[str, Kind] = {}


def findable(kind: Kind) -> None:
    _kinds[kind.key] = kind


class Search:
    """One person's search. A text too short or too long finds nothing, and says so."""

    def __init__(self, person: Model, text: str) -> None:
        self.text = " ".join(text.replace("\0", "").split())
        self.is_short = 0 < len(self.text) < SHORTEST
        self.is_long = len(self.text) > LONGEST
        every_word = list(dict.fromkeys(self.text.split()))
        self.words, self.words_left_out = every_word[:MOST_WORDS], every_word[MOST_WORDS:]
        self.is_asked = bool(self.text) and not (self.is_short or self.is_long)
        groups = [_group(kind, person, self.words) for kind in _kinds.values()] if self.is_asked else []
        self.groups = sorted(
            (group for group in groups if group.total), key=lambda group: (not group.has_exact, group.kind.order)
        )

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def has_sensitive(self) -> bool:
        return any(found.is_sensitive for group in self.groups for found in group.found)


def _group(kind: Kind, person: Model, words: Sequence[str]) -> Group:
    records = list(_ranked(kind, kind.seen_by(person).filter(_matching(kind, words)), words)[:SHOWN])
    if not records:
        return Group(kind, 0, [])
    return Group(
        kind,
        records[0].search_total,
        [_found(kind, record, words) for record in records],
        _all_url(kind, person, records[0], words),
        any(record.search_rank == _EXACT for record in records),
    )


def _matching(kind: Kind, words: Sequence[str]) -> Q:
    """Every word is in the record; instead of being in it, a word may be the reference of its programme."""
    own = [searching(kind.fields, word) for word in words]
    if not kind.programme:
        return reduce(and_, own)
    of_programme = [Q(**{f"{kind.programme}__reference__iexact": word}) for word in words]
    every = reduce(and_, (each | instead for each, instead in zip(own, of_programme, strict=True)))
    return every & reduce(or_, own)


def _ranked(kind: Kind, records: QuerySet, words: Sequence[str]) -> QuerySet:
    """The very reference first, then names that hold the words as they stand. Each row says how many there are."""
    whens = []
    if kind.reference:
        exact = reduce(or_, (Q(**{f"{kind.reference}__iexact": word}) for word in words))
        whens.append(When(exact, then=Value(_EXACT)))
    whens.append(When(Q(**{f"{kind.name}__icontains": " ".join(words)}), then=Value(1)))
    records = records.annotate(
        search_rank=Case(*whens, default=Value(2), output_field=IntegerField()), search_total=Window(Count("pk"))
    )
    if kind.programme:
        reference = f"{kind.programme}__reference"
        records = records.annotate(search_first=Window(Min(reference)), search_last=Window(Max(reference)))
    return records.order_by("search_rank", kind.name, "pk")


def _found(kind: Kind, record: Model, words: Sequence[str]) -> Found:
    programme = at_path(record, kind.programme) if kind.programme else None
    return Found(
        reference=getattr(record, kind.reference) if kind.reference else "",
        title=str(kind.title(record) if kind.title else at_path(record, kind.name)),
        url=kind.address(record),
        programme=f"{programme.reference} {programme.name}" if programme is not None else "",
        state=kind.state(record) if kind.state else "",
        snippet=next(_snippets(kind, record, words), ""),
        is_sensitive=is_sensitive(record),
    )


def _snippets(kind: Kind, record: Model, words: Sequence[str]) -> Iterator[str]:
    """What stands around the first of the words, in each text that has one of them."""
    asked = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for name in kind.texts:
        text = " ".join(str(at_path(record, name) or "").split())
        if place := asked.search(text):
            start = text.rfind(" ", 0, max(place.start() - _BEFORE, 0)) + 1
            end = text.find(" ", max(start + _SNIPPET, place.end()))
            end = len(text) if end < 0 else end
            yield f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _all_url(kind: Kind, person: Model, record: Model, words: Sequence[str]) -> str:
    """The list of the one programme that all of them are of, if the person may open it; else that of all programmes."""
    lists, programme = kind.lists, at_path(record, kind.programme) if kind.programme else None
    if programme is not None and lists.inside and record.search_first == record.search_last:
        if rules.can(person, Permission.VIEW, programme):
            others = [word for word in words if word.casefold() != programme.reference.casefold()]
            return _address(lists, reverse(lists.inside, args=[programme.reference]), others or words)
        return ""
    return _address(lists, reverse(lists.everywhere), words) if lists.everywhere else ""


def _address(lists: ListOfAll, url: str, words: Sequence[str]) -> str:
    query = urlencode({"q": " ".join(words)})
    return f"{url}?{query}&{lists.every_state}" if lists.every_state else f"{url}?{query}"
