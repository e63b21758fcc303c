"""PostgreSQL and Redis for the tests: started privately on spare ports, stopped by process id.

    python -m tests.engines [--only postgresql|redis] COMMAND ...

runs the command with DATABASE_URL and CELERY_BROKER_URL set. A service whose address is already in the environment is
used instead of being started.
"""

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import redis

WAIT_SECONDS = 30
POSTGRESQL_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "timezone": "UTC",
}
REDIS_DATABASES = 256


class ServiceMissing(Exception):
    """A program that the tests need is not on this machine, or does not start."""


def spare_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def postgresql_program(name: str) -> str:
    """The path of initdb or postgres: Debian keeps them out of PATH, one folder a version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / name).exists() and (folder / "initdb").exists():
            return str(folder / name)
    if found := shutil.which(name):
        return found
    raise ServiceMissing(f"{name} was not found. Run: apt-get install -y postgresql")


def redis_program() -> str:
    if found := shutil.which("redis-server"):
        return found
    raise ServiceMissing("redis-server was not found. Run: apt-get install -y redis-server")


def unprivileged() -> dict[str, Any]:
    """Whom PostgreSQL runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = [person.pw_name for person in pwd.getpwall()]
    person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def processes_with(variable: str, value: str) -> dict[int, str]:
    """The processes, orphans included, that were started with this in their environment, with their command lines."""
    mark = f"\0{variable}={value}\0"
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in f"\0{(folder / 'environ').read_text(errors='replace')}":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ").strip()
    return found


def wait_until(answers: Callable[[], Any], process: subprocess.Popen[bytes], log: Path, name: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            answers()
            return
        except (psycopg.OperationalError, redis.ConnectionError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServiceMissing(f"{name} did not start: {error}\n{log.read_text()[-2000:]}") from error
            time.sleep(0.05)


def stop(process: subprocess.Popen[bytes], gently: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(gently)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def started(command: list[str], log: Path, gently: signal.Signals, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a service, in a session of its own so that Ctrl-C reaches it only through us."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, **options
        )
    try:
        yield process
    finally:
        stop(process, gently)


@contextmanager
def postgresql() -> Iterator[str]:
    """A private PostgreSQL; yields its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="xgov-postgresql-", ignore_cleanup_errors=True) as name:
        folder, person, port, password = Path(name), unprivileged(), spare_port(), secrets.token_urlsafe(16)
        (folder / "password").write_text(password)
        if person:
            for path in (folder, folder / "password"):
                os.chown(path, person["user"], person["group"])
        options = {**person, "cwd": folder}
        command = [postgresql_program("initdb"), "-D", str(folder / "data"), "-U", "xgov", "--encoding=UTF8"]
        command += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync"]
        made = subprocess.run(command, capture_output=True, text=True, **options)
        if made.returncode:
            raise ServiceMissing(f"initdb failed: {made.stderr.strip()}")
        command = [postgresql_program("postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
        for key, value in POSTGRESQL_SETTINGS.items():
            command += ["-c", f"{key}={value}"]
        address = f"postgres://xgov:{password}@127.0.0.1:{port}/postgres"
        log = folder / "log"
        with started(command, log, signal.SIGINT, **options) as process:
            wait_until(lambda: psycopg.connect(address, connect_timeout=2).close(), process, log, "PostgreSQL")
            yield address


@contextmanager
def redis_server() -> Iterator[str]:
    """A private Redis; yields its CELERY_BROKER_URL."""
    with tempfile.TemporaryDirectory(prefix="xgov-redis-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), spare_port()
        command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", name, "--save", ""]
        command += ["--appendonly", "no", "--databases", str(REDIS_DATABASES)]
        address = f"redis://127.0.0.1:{port}/0"
        log = folder / "log"
        with started(command, log, signal.SIGTERM) as process:
            wait_until(lambda: redis.Redis.from_url(address).ping(), process, log, "Redis")
            yield address


@contextmanager
def services(only: str = "") -> Iterator[dict[str, str]]:
    """The environment that points at PostgreSQL and Redis: those given, else private ones."""
    wanted = {"DATABASE_URL": ("postgresql", postgresql), "CELERY_BROKER_URL": ("redis", redis_server)}
    with ExitStack() as stack:
        found: dict[str, str] = {}
        for variable, (name, start) in wanted.items():
            if only in ("", name):
                found[variable] = os.environ.get(variable) or stack.enter_context(start())
        yield found


def versions(environment: dict[str, str]) -> list[str]:
    """What the services say they are: `PostgreSQL 15.18`, `Redis 7.0.15`."""
    said = []
    if address := environment.get("DATABASE_URL"):
        with psycopg.connect(address) as connection:
            said.append(f"PostgreSQL {connection.execute('SHOW server_version').fetchone()[0].split()[0]}")
    if address := environment.get("CELERY_BROKER_URL"):
        said.append(f"Redis {redis.Redis.from_url(address).info('server')['redis_version']}")
    return said


def end_cleanly_when_told() -> None:
    """A polite kill unwinds like Ctrl-C, so that everything started is stopped."""

    def leave(number: int, frame: Any) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", choices=["", "postgresql", "redis"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    end_cleanly_when_told()
    try:
        with services(options.only) as environment:
            return run(options.command, {**os.environ, **environment})
    except ServiceMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(command: list[str], environment: dict[str, str]) -> int:
    """The exit code of a command that is stopped with us."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except BaseException:
        stop(process, signal.SIGTERM)
        raise


if __name__ == "__main__":
    sys.exit(main())
