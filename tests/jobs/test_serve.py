"""What the one command does about a process that ends."""

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from xgov.jobs.management.commands.serve import Command, Stopped

ENDS = "raise SystemExit(1)"
STAYS = "import time; time.sleep(60)"
ASKS_TO_STOP = f"import os, signal; os.kill(os.getppid(), signal.SIGUSR1); {STAYS}"


class Kitchen(Command):
    """Starts what the plan of each name says, one after the other."""

    def __init__(self, **plans: list[str]) -> None:
        self.said = StringIO()
        super().__init__(stderr=self.said, no_color=True)
        self.plans = plans

    def work(self) -> None:
        starters = {name: self.starter(name) for name in self.plans}
        children = {name: start() for name, start in starters.items()}
        try:
            self.watch(children, starters)
        finally:
            self.end(children.values())

    def starter(self, name: str) -> Callable[[], subprocess.Popen[bytes]]:
        return lambda: self.start(["-c", self.plans[name].pop(0)])


@pytest.fixture(autouse=True)
def _stopped_by_a_child() -> Iterator[None]:
    before = signal.signal(signal.SIGUSR1, Command().stop)
    yield
    signal.signal(signal.SIGUSR1, before)


def test_a_worker_that_ends_is_started_again_and_the_web_server_goes_on() -> None:
    kitchen = Kitchen(worker=[ENDS, ASKS_TO_STOP], web=[STAYS, STAYS])
    with pytest.raises(Stopped):
        kitchen.work()
    assert kitchen.said.getvalue() == "The worker has ended (exit code 1) and is started again.\n"
    assert kitchen.plans == {"worker": [], "web": [STAYS]}


def test_a_worker_that_ends_again_and_again_stops_everything_with_words() -> None:
    kitchen = Kitchen(worker=[ENDS] * 9, web=[STAYS])
    with pytest.raises(CommandError, match=r"The worker has ended \(exit code 1\), so everything was stopped"):
        kitchen.work()
    assert len(kitchen.plans["worker"]) == 9 - 4


@pytest.mark.parametrize("text", ["abc", "99999", "-5", "0", "８０００"])
def test_a_port_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CommandError, match="is not a port: give a number from 1 to 65535"):
        call_command("serve", f"--port={text}")


def test_a_port_that_somebody_else_listens_on_is_named_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} can not be used"):
            call_command("serve", port=port)
