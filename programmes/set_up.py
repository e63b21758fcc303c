"""What is left to do before a programme can deliver, as a task list. Higher floors add sections of their own.

    from programmes.set_up import State, Task, set_up_section

    @set_up_section("agreements", _("Agree"), order=50)
    def agreements(programme: Programme) -> Iterator[Task]:
        yield Task(_("Sign the memorandum"), url, State.IN_PROGRESS, who=_("DWP and MOJ have not signed"))

in a module `set_up_tasks.py`, found by itself at the start. Its words are read by everybody who sees the programme.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.access.roles import type_of_text


class State(Enum):
    """The states of the GOV.UK task list; colours are those of its tags, and a completed task has none."""

    CANNOT_START = (_("Cannot start yet"), "cannot-start")
    NOT_STARTED = (_("Not started"), "blue")
    IN_PROGRESS = (_("In progress"), "teal")
    NEEDS_ATTENTION = (_("Needs attention"), "red")
    COMPLETED = (_("Completed"), "")

    @property
    def words(self) -> type_of_text:
        return self.value[0]

    @property
    def colour(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Task:
    label: type_of_text
    url: str
    state: State
    why: type_of_text = ""  # why it cannot start yet, or what is missing
    who: type_of_text = ""  # who else must act

    @property
    def hint(self) -> str:
        return " ".join(str(part) for part in (self.why, self.who) if part)

    def as_row(self, linked: bool = True) -> dict[str, Any]:
        """For components/task_list.html."""
        can_start = self.state is not State.CANNOT_START
        return {
            "label": self.label,
            "url": self.url if linked and can_start else "",
            "hint": self.hint,
            "status": self.state,
        }


Writer = Callable[[Programme], Iterable[Task]]


@dataclass(frozen=True)
class Section:
    key: str
    title: type_of_text
    order: int
    write: Writer


_shelf: dict[str, Section] = {}


def set_up_section(key: str, title: type_of_text, order: int) -> Callable[[Writer], Writer]:
    """Put a section on the shelf. Orders: what and why 10, who 20, how 30, money and time 40, start delivery 100."""

    def shelve(writer: Writer) -> Writer:
        _shelf[key] = Section(key, title, order, writer)
        return writer

    return shelve


def sections_of(programme: Programme) -> list[tuple[Section, list[Task]]]:
    ordered = sorted(_shelf.values(), key=lambda section: (section.order, section.key))
    return [(section, tasks) for section in ordered if (tasks := list(section.write(programme)))]
