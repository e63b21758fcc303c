"""The shelf on which the higher floors put a line of the SRO's summary: what is asked of the board, the top worry.

@summary_line(order=10)
def asked(programme: Programme, brief: Brief) -> SummaryLine | None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programmes.models import Programme
from xgov.access.roles import type_of_text
from xgov.papers.sections import Brief


@dataclass(frozen=True)
class SummaryLine:
    """A heading and its sentences; without any sentence, what is said instead."""

    heading: type_of_text
    sentences: tuple[str, ...]
    otherwise: type_of_text

    def plain(self) -> dict[str, Any]:
        return {"heading": self.heading, "sentences": list(self.sentences), "otherwise": self.otherwise}


Writer = Callable[[Programme, Brief], SummaryLine]

_shelf: dict[str, tuple[int, Writer]] = {}


def summary_line(*, order: int) -> Callable[[Writer], Writer]:
    def shelve(writer: Writer) -> Writer:
        _shelf[f"{writer.__module__}.{writer.__name__}"] = (order, writer)
        return writer

    return shelve


def lines_about(programme: Programme, brief: Brief) -> list[dict[str, Any]]:
    in_order = sorted(_shelf.items(), key=lambda shelved: (shelved[1][0], shelved[0]))
    return [writer(programme, brief).plain() for _name, (_order, writer) in in_order]
