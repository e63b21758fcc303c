"""The embedded house in one command: migrate, then web and worker side by side until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser, ArgumentTypeError
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from xgov.jobs.models import WorkerPresence
from xgov.jobs.presence import worker_is_running

_PATIENCE_SECONDS = 60
_GRACE_SECONDS = 10
_STARTED_AGAIN, _WITHIN_SECONDS = 3, 600  # so often in so long: past that, starting again does not help

Starters = dict[str, Callable[[], "subprocess.Popen[bytes]"]]


def port_number(text: str) -> int:
    """A port that a web server can listen on."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise ArgumentTypeError(f"“{text}” is not a port: give a number from 1 to 65535, as in PORT=8001 make demo.")
    return int(text)


def refuse_taken(port: int) -> None:
    """Whoever answers on a port that is taken would be mistaken for the web server that was just started."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError as taken:
            raise CommandError(
                f"Port {port} can not be used ({taken.strerror}). Try another: PORT=8001 make demo."
            ) from taken


class Stopped(Exception):
    """Somebody asked this command to end."""


class Command(BaseCommand):
    help = "Starts web server and worker together, says when both are ready, and stops both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=os.environ.get("PORT") or "8000")
        parser.add_argument(
            "--make-demo", action="store_true", help="make the demonstration data first, if there is none"
        )

    def handle(self, *args: Any, port: int, make_demo: bool, **options: Any) -> None:
        refuse_taken(port)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if make_demo:
            call_command("make_demo", if_empty=True)
        WorkerPresence.objects.all().delete()  # a worker of the last time does not make this one ready
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the last: the terminal was closed
            signal.signal(name, self.stop)
        starters: Starters = {"worker": self.start_worker, "web server": partial(self.start_web, port)}
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, start in starters.items():
                children[name] = start()
            self.wait_until_ready(children, port)
            self.watch(children, starters)
        except Stopped:
            self.stdout.write("Stopping.")
        finally:
            self.end(children.values())

    def stop(self, number: int, frame: FrameType | None) -> None:
        raise Stopped

    def start_web(self, port: int) -> subprocess.Popen[bytes]:
        command = ["-m", "gunicorn", "xgov.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8", "--workers", "1"]
        return self.start(
            [*command, "--log-level", "warning", "--graceful-timeout", "5", "--worker-tmp-dir", str(settings.VAR)]
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        quietly = ["-W", "ignore:You're running the worker"]  # in the demonstration a person may well be root
        command = [*quietly, "-m", "celery", "--quiet", "-A", "xgov", "worker", "-B", "--loglevel", "warning"]
        pool = ["--pool", "threads", "--concurrency", "2"]
        schedule = ["--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME]
        return self.start([*command, *pool, *schedule, "--without-gossip", "--without-mingle"])

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *command], cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603

    def wait_until_ready(self, children: dict[str, subprocess.Popen[bytes]], port: int) -> None:
        address = f"http://127.0.0.1:{port}/"
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            self.say_if_ended(children)
            if not worker_is_running():
                time.sleep(0.1)
                continue
            try:
                with urllib.request.urlopen(f"{address}health/", timeout=2):  # noqa: S310 - our own address
                    self.stdout.write(f"\nxgov is ready at {address}  (Ctrl-C stops it)")
                    self.stdout.flush()
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise CommandError(f"xgov did not become ready in {_PATIENCE_SECONDS} seconds. Is port {port} taken?")

    def watch(self, children: dict[str, subprocess.Popen[bytes]], starters: Starters) -> None:
        """One that ends is started again, with words; one that ends again and again stops everything."""
        ended: dict[str, deque[float]] = {name: deque(maxlen=_STARTED_AGAIN + 1) for name in starters}
        while True:
            for name, child in children.items():
                if child.poll() is None:
                    continue
                ended[name].append(time.monotonic())
                if len(ended[name]) > _STARTED_AGAIN and ended[name][-1] - ended[name][0] < _WITHIN_SECONDS:
                    self.say_if_ended({name: child})
                self.stderr.write(f"The {name} has ended (exit code {child.returncode}) and is started again.")
                self.end([child])
                children[name] = starters[name]()
            time.sleep(0.3)

    def say_if_ended(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        for name, child in children.items():
            if child.poll() is not None:
                raise CommandError(f"The {name} has ended (exit code {child.returncode}), so everything was stopped.")

    def end(self, children: Collection[subprocess.Popen[bytes]]) -> None:
        running = [child for child in children if child.poll() is None]
        for child in running:
            child.terminate()
        until = time.monotonic() + _GRACE_SECONDS
        for child in running:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.1, until - time.monotonic()))
        for child in children:  # what a child left behind when it was killed: its beat, its web processes
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
