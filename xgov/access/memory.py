"""What has been asked of the database about people's standing, for the length of one request or job."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

# A job may run for hours: whoever loses a role meanwhile is not trusted longer than this.
HOLDS_SECONDS = 60


class _Memory(dict[Hashable, Any]):
    def __init__(self) -> None:
        super().__init__()
        self.since = monotonic()

    def forget_what_is_old(self) -> None:
        if monotonic() - self.since > HOLDS_SECONDS:
            self.clear()
            self.since = monotonic()


_remembered: ContextVar[_Memory | None] = ContextVar("xgov_standing", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """For the length of one request or job, each question about a person's standing is asked once (a minute)."""
    token = _remembered.set(_Memory())
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """What was remembered is no longer true: a grant or a door's marking has changed."""
    memory = _remembered.get()
    if memory is not None:
        memory.clear()


def once(key: Hashable, ask: Callable[[], Any]) -> Any:
    memory = _remembered.get()
    if memory is None:
        return ask()
    memory.forget_what_is_old()
    if key not in memory:
        memory[key] = ask()
    return memory[key]
