"""Values that can be frozen: what a section may say, as JSON and back without losing a penny or a day."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

_MARK = "$"
_REVIVERS = {
    "$date": dt.date.fromisoformat,
    "$datetime": dt.datetime.fromisoformat,
    "$decimal": Decimal,
    "$float": float,  # written out, because PostgreSQL's jsonb would make 1e3 into 1000
}


class NotPlain(TypeError):
    """A value that can not be frozen, and where it was found."""

    def __init__(self, value: object, path: str) -> None:
        super().__init__(f"{path} is a {type(value).__name__}: give text, numbers, dates, lists and dictionaries only.")


def to_plain(value: Any, path: str = "the value") -> Any:
    """JSON for text, whole numbers, Decimals, floats, dates, times, and lists and dictionaries of them."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Promise | uuid.UUID):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # a SafeString is text like any other: it is escaped again when it is shown
    if isinstance(value, Mapping):
        return _plain_mapping(value, path)
    if isinstance(value, list | tuple):
        return [to_plain(item, f"{path}[{place}]") for place, item in enumerate(value)]
    return _marked(value, path)


def from_plain(value: Any) -> Any:
    """What `to_plain` was given, with tuples as lists."""
    if isinstance(value, list):
        return [from_plain(item) for item in value]
    if isinstance(value, dict):
        if len(value) == 1 and (mark := next(iter(value))) in _REVIVERS:
            return _REVIVERS[mark](value[mark])
        return {key: from_plain(item) for key, item in value.items()}
    return value


def sha256_of(plain: Any) -> str:
    """The SHA-256 of plain values, the same wherever they were stored: keys in order, UTF-8, no spaces."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain_mapping(value: Mapping[Any, Any], path: str) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str) or key.startswith(_MARK):
            raise NotPlain(key, f"A key of {path}")
    return {str.__str__(key): to_plain(item, f"{path}.{key}") for key, item in value.items()}


def _marked(value: Any, path: str) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise NotPlain(value, f"{path} (a time without a time zone)")
        return {"$datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal) and value.is_finite():
        return {"$decimal": str(value)}
    if isinstance(value, float) and value - value == 0:
        return {"$float": repr(value)}
    raise NotPlain(value, path)
