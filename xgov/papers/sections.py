"""The shelf of board sections: each app puts there what it says to a board, and a pack is composed from it.

    @section("risks.above_appetite", title=_("Risks above appetite"), template="papers/sections/above_appetite.html")
    def above_appetite(brief: Brief) -> dict[str, Any]:
        ...

Sections live in `board_sections.py` of each app and return plain values, so that rendering asks the database nothing
and a pack can be frozen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .plain import from_plain, sha256_of, to_plain

# How much of one text is printed. A board reads no more of it, and the record is a click away.
MOST_CHARACTERS = 1200


@dataclass(frozen=True)
class Brief:
    """What a section may know."""

    programmes: list[Any]  # in the board's remit, and visible to the reader
    board: Any
    since: datetime | None  # when the last pack was issued; None for the first. See `since_for`
    as_at: datetime
    reader: Any  # the person for whom the pack is composed: every read starts at visible_to(reader)
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    # where the last pack could not have told of records with this marking: when one last could, None if never
    since_by_marking: dict[str, datetime | None] = field(default_factory=dict)

    def since_for(self, marking: str) -> datetime | None:
        """When the last pack was issued that could have told of records with this marking."""
        return self.since_by_marking.get(marking, self.since)

    def once(self, key: str, ask: Callable[[], Any]) -> Any:
        """What several sections of one pack need is asked once: `brief.once("programmes.ratings", lambda: ...)`."""
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]


Writer = Callable[[Brief], dict[str, Any]]


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    template: str
    order: int  # where it stands when a board has not said otherwise
    new_page: bool
    write: Writer
    usual: bool = True  # whether it stands in the running order of a board that has not said otherwise


@dataclass(frozen=True)
class ComposedSection:
    """One section of one pack, frozen: `values` are plain JSON, ready to be stored."""

    key: str
    title: str
    template: str
    values: dict[str, Any]
    new_page: bool = False

    def revived(self) -> dict[str, Any]:
        """The values as the section gave them, with real dates and decimals, for its template."""
        return from_plain(self.values)


class UnknownSection(LookupError):
    """A running order names a section that no app offers."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no board section “{key}”. There are: {', '.join(sorted(_shelf)) or 'none'}.")


class SectionFailed(Exception):
    """A section could not be composed. A pack with a hole in it is not issued."""

    def __init__(self, section: Section, error: Exception) -> None:
        self.key = section.key
        reason = " ".join(str(error).split()) or type(error).__name__
        super().__init__(f"The section “{section.title}” could not be composed: {reason}")


_shelf: dict[str, Section] = {}


def section(
    key: str, *, title: Any, template: str, order: int = 100, new_page: bool = False, usual: bool = True
) -> Callable[[Writer], Writer]:
    """Put a section on the shelf. `new_page` begins it on a new page: only where that helps the reader.

    One that is not `usual` is in the packs of those boards alone that choose it.
    """

    def shelve(write: Writer) -> Writer:
        shelved = _shelf.get(key)
        if shelved is not None and shelved.write.__module__ != write.__module__:
            raise ValueError(f"Two apps offer a board section “{key}”.")
        _shelf[key] = Section(key, title, template, order, new_page, write, usual)
        return write

    return shelve


def find(key: str) -> Section:
    try:
        return _shelf[key]
    except KeyError:
        raise UnknownSection(key) from None


def all_sections() -> list[Section]:
    """Everything on the shelf, in its usual order: what a board chooses its running order from."""
    return sorted(_shelf.values(), key=lambda each: (each.order, each.key))


def compose(running_order: Iterable[str], brief: Brief) -> list[ComposedSection]:
    """The pack's content, frozen.

    Raises UnknownSection before anything is read, and SectionFailed, with the reason, for the first that fails.
    """
    sections = [find(key) for key in dict.fromkeys(running_order)]
    return [_composed(each, brief) for each in sections]


def _composed(each: Section, brief: Brief) -> ComposedSection:
    try:
        values = in_short(to_plain(each.write(brief), each.key))
    except Exception as error:
        raise SectionFailed(each, error) from error
    if not isinstance(values, dict):
        raise SectionFailed(each, TypeError("it did not give a dictionary of values"))
    return ComposedSection(each.key, str(each.title), each.template, values, each.new_page)


def in_short(plain: Any) -> Any:
    """Plain values, each text in them as long as it is printed."""
    if isinstance(plain, str):
        return _cut(plain)
    if isinstance(plain, list | tuple):
        return type(plain)(in_short(item) for item in plain)
    if isinstance(plain, dict):
        return {key: in_short(item) for key, item in plain.items()}
    return plain


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    start = text[:MOST_CHARACTERS]
    whole = start.rsplit(maxsplit=1)[0] if len(start.split()) > 1 else start
    return _("%(start)s… (The record has the rest.)") % {"start": whole.rstrip(" .,;:")}


def content_sha256(sections: Iterable[ComposedSection], head: dict[str, Any] | None = None) -> str:
    """The fingerprint of what a pack says: its head (plain JSON) and its sections, whatever it looks like."""
    said = [[each.key, each.title, each.values] for each in sections]
    return sha256_of({"head": head or {}, "sections": said})


def frozen(sections: Iterable[ComposedSection]) -> list[dict[str, Any]]:
    """For a JSON field."""
    return [
        {
            "key": each.key,
            "title": each.title,
            "template": each.template,
            "values": each.values,
            "new_page": each.new_page,
        }
        for each in sections
    ]


def thawed(stored: Iterable[dict[str, Any]]) -> list[ComposedSection]:
    return [ComposedSection(**each) for each in stored]
