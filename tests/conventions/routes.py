"""What each address answers to each of the ten people: the words in which the route table is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LEADS_MANAGER = {"manager"}
MANAGERS = {"manager", "sro"}
PARTNERS = {"contributor", "viewer"}
SEEING = {"manager", "contributor", "viewer", "sro", "ao", "auditor", "centre"}  # an ordinary record of the programme
SEEING_SENSITIVE = {"manager", "sro", "ao", "auditor"}
ISSUERS = {"manager", "sro"}
AUDITORS = {"auditor"}
EVERYONE = {
    "manager", "contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform", "outsider",
}  # fmt: skip
NOBODY: set[str] = set()

Arguments = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """Who gets through, and who is told that they may not (403). For everybody else there is no such page (404)."""

    through: frozenset[str]
    refused: frozenset[str]
    arguments: Arguments
    method: str = "get"
    data: tuple[tuple[str, str], ...] = ()
    signed_out: int = 302  # to the sign-in page

    def expected(self, person: str) -> str:
        if person in self.through:
            return "through"
        return "refused" if person in self.refused else "absent"


def _no_arguments(scene: Any) -> dict[str, Any]:
    return {}


def route(through: set[str], *, seen_by: set[str] = NOBODY, arguments: Arguments = _no_arguments, **more: Any) -> Route:
    """`through`: may use it. `seen_by`: see what it belongs to, so they are told that they may not."""
    return Route(frozenset(through), frozenset(seen_by - through), arguments, **more)


def page(through: set[str], arguments: Arguments = _no_arguments, **more: Any) -> Route:
    """A page to read: who cannot see it is not told that there is one."""
    return route(through, arguments=arguments, **more)


def form(through: set[str], arguments: Arguments = _no_arguments, *, seen_by: set[str] = SEEING, **more: Any) -> Route:
    """A form or button on something that others can see too."""
    return route(through, seen_by=seen_by, arguments=arguments, **more)


def button(through: set[str], arguments: Arguments = _no_arguments, *, seen_by: set[str] = SEEING) -> Route:
    """An address that only takes a POST."""
    return route(through, seen_by=seen_by, arguments=arguments, method="post")
