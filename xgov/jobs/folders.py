"""The queue in folders: kombu's own, but for three moments in which somebody could read what was half written.

Kombu gives a message its name before it has its content, and empties a table of its queues before it locks it. A worker
that looks at that moment reads nothing, fails on it, and the message is lost.
"""

import fcntl
import logging
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

_log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        """A message is written aside, and has its name only when it is whole."""
        name = Path(self.data_folder_out, f"{time.monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg")
        aside = name.with_name(f"{name.name}.part")  # is no message of any queue, see _get
        try:
            aside.write_text(dumps(payload))
            os.replace(aside, name)
        except OSError as fault:
            raise ChannelError(f"Cannot add {name} to the queue") from fault

    def _get(self, queue: str) -> dict[str, Any]:
        """A message that no one can read (a full disk, a power cut) is left out; its job is sent again when it is
        tended.
        """
        try:
            return super()._get(queue)
        except ValueError:
            _log.warning("A message in the queue %s could not be read and is left out.", queue)
            raise Empty from None

    def get_table(self, exchange: str) -> list[Any]:
        with self._tables_held():
            return super().get_table(exchange)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        with self._tables_held():
            super()._queue_bind(exchange, routing_key, pattern, queue)

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any) -> None:
        with self._tables_held():
            super()._delete(queue, exchange, routing_key, pattern, *args, **kwargs)

    @contextmanager
    def _tables_held(self) -> Iterator[None]:
        """One at a time looks at the tables or writes them, whatever their process or thread."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / "tables.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Channel
