"""The shelf on which the higher floors put what they know about a readiness question."""

from collections.abc import Callable, Iterable

from programmes.models import Programme
from programmes.readiness.questions import QUESTIONS, Finding

Writer = Callable[[Programme], Iterable[Finding]]

_shelf: dict[str, list[Writer]] = {}


def evidence(code: str) -> Callable[[Writer], Writer]:
    """Put a writer of findings for the question (R1 to R6) on the shelf."""
    if code not in {question.code for question in QUESTIONS}:
        raise LookupError(f"“{code}” is no readiness question.")

    def shelve(writer: Writer) -> Writer:
        _shelf.setdefault(code, []).append(writer)
        return writer

    return shelve


def from_shelf(code: str, programme: Programme) -> list[Finding]:
    return [finding for writer in _shelf.get(code, []) for finding in writer(programme)]
