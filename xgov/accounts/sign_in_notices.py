"""What floors above put under the sign-in form: the demonstration names its people there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Notice:
    template: str
    context: dict[str, Any] = field(default_factory=dict)


_notices: list[Callable[[], Notice]] = []


def on_sign_in_page(function: Callable[[], Notice]) -> Callable[[], Notice]:
    _notices.append(function)
    return function


def notices() -> list[Notice]:
    return [notice() for notice in _notices]
