"""The queue in folders, as the demonstration uses it."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue

MESSAGES = 400
LONG = "x" * 200_000  # takes a moment to write


@pytest.fixture
def options(tmp_path: Path) -> dict[str, Any]:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    messages = str(tmp_path / "messages")
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(tmp_path / "control")}


@contextmanager
def queue_in(options: dict[str, Any]) -> Iterator[SimpleQueue]:
    name = Path(options["control_folder"]).parent.name  # a process binds a queue once, wherever its folders are
    with Connection("filesystem://", transport_options=options) as broker, closing(broker.SimpleQueue(name)) as work:
        yield work


@pytest.fixture
def queue(options: dict[str, Any]) -> Iterator[SimpleQueue]:
    with queue_in(options) as work:
        yield work


def test_a_worker_that_looks_while_messages_are_written_reads_every_one_of_them(
    queue: SimpleQueue, options: dict[str, Any]
) -> None:
    def send() -> None:
        with queue_in(options) as work:
            for number in range(MESSAGES):
                work.put({"number": number, "words": LONG})

    sender = threading.Thread(target=send)
    sender.start()
    read = []
    while len(read) < MESSAGES:
        still_sending = sender.is_alive()
        try:
            message = queue.get(block=False)
        except Empty:
            assert still_sending, f"{MESSAGES - len(read)} messages are lost"
            continue
        message.ack()
        read.append(message.payload["number"])
    sender.join()
    assert sorted(read) == list(range(MESSAGES))


def test_a_message_that_cannot_be_read_stops_nobody(queue: SimpleQueue, options: dict[str, Any]) -> None:
    Path(options["data_folder_in"], f"0_torn.{queue.queue.name}.msg").write_bytes(b"")
    queue.put({"number": 1})
    with pytest.raises(Empty):
        queue.get(block=False)
    assert queue.get(block=False).payload == {"number": 1}


def test_nobody_reads_the_table_of_queues_before_it_is_written(options: dict[str, Any]) -> None:
    """At the first start web server and worker make it at once, and both look into it."""
    faults: list[BaseException] = []
    ready = threading.Barrier(4)

    def declare(times: int) -> None:
        try:
            with Connection("filesystem://", transport_options=options) as broker:
                channel = broker.default_channel
                ready.wait()
                for number in range(times):
                    channel._queue_bind(f"exchange-{number}", "work", "", "work")
                    channel.get_table(f"exchange-{number}")
        except Exception as fault:
            faults.append(fault)

    people = [threading.Thread(target=declare, args=[600]) for _each in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert not faults
