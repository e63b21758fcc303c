"""What each address answers to each of the ten people: the words in which the route tables are written."""

from dataclasses import dataclass

EVERYONE = {
    "manager", "contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform", "outsider",
}  # fmt: skip
NOBODY: set[str] = set()

# Who sees an ordinary record of the joint programme, and who one that is marked OFFICIAL-SENSITIVE.
INSIDE = {"manager", "contributor", "viewer", "sro", "ao", "auditor", "centre"}
CLEARED = {"manager", "sro", "ao", "auditor"}

RUNNING = {"manager", "sro"}  # may change any record of the programme, and issue packs
ADDING = {"manager", "sro", "contributor"}  # may add records, each for the departments they act for
KEEPING = {"manager", "sro", "contributor"}  # may change what DWP keeps
DECIDING = {"sro", "ao"}
AUDITING = {"auditor"}
OF_MHCLG = {"manager", "administrator", "platform"}  # see who belongs to the department
ADMINISTERING = {"administrator", "platform"}


@dataclass(frozen=True)
class Route:
    """Who gets through, and who is told that they may not (403). For everybody else there is no such page (404)."""

    through: frozenset[str]
    refused: frozenset[str]
    at: str  # the name of a place in the scene, whose address it is; empty: the address names no record
    methods: tuple[str, ...]
    query: str = ""
    signed_out: int = 302  # to the sign-in page

    def expected(self, person: str) -> str:
        if person in self.through:
            return "through"
        return "refused" if person in self.refused else "absent"


Rows = dict[str, Route | list[Route]]


def page(through: set[str], at: str = "", *, seen_by: set[str] = NOBODY, query: str = "") -> Route:
    """A page to read: who cannot see it is not told that there is one."""
    return _route(through, at, seen_by, ("get",), query=query)


def form(through: set[str], at: str = "", *, seen_by: set[str] = INSIDE) -> Route:
    """Asked for and sent. `seen_by`: see what it belongs to, so they are told that they may not."""
    return _route(through, at, seen_by, ("get", "post"))


def button(through: set[str], at: str = "", *, seen_by: set[str] = INSIDE) -> Route:
    """An address that only takes a POST."""
    return _route(through, at, seen_by, ("post",))


def at_the_entrance(at: str = "", *, form: bool = False) -> Route:
    """For people who have not signed in too."""
    return _route(EVERYONE, at, NOBODY, ("get", "post") if form else ("get",), signed_out=200)


def _route(through: set[str], at: str, seen_by: set[str], methods: tuple[str, ...], **more: object) -> Route:
    return Route(frozenset(through), frozenset(seen_by - through), at, methods, **more)
