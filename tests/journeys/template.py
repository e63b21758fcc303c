"""The demonstration as the journeys find it: made once for a test run, copied for each module."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "OPENBLAS_CORETYPE", "XGOV_TEST_RUN")


@dataclass
class Template:
    """A demonstration at rest: its folder, its database on a server if it has one, the password of its people."""

    var: str
    database: str
    password: str


def base_environment(var: Path, database_url: str = "") -> dict[str, str]:
    """What a demonstration of its own is started with: nothing of the tests' settings leaks in."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {"XGOV_DEMO": "1", "XGOV_VAR": str(var), "PYTHONUNBUFFERED": "1"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    return environment


def manage(environment: dict[str, str], *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    if check and done.returncode:
        raise AssertionError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done


def on_server(statement: str, *names: str) -> None:
    """Runs one statement about whole databases on the server of DATABASE_URL."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def create_database(name: str, template: str = "template0") -> str:
    """Creates the database as a copy; returns its address."""
    on_server("CREATE DATABASE {} TEMPLATE {}", name, template)
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def drop_database(name: str) -> None:
    on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def make_template(folder: Path, run: str) -> Template:
    var = folder / "template"
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    name = f"xgov_journeys_{run}" if os.environ.get("DATABASE_URL") else ""
    address = ""
    if name:
        drop_database(name)
        address = create_database(name)
    environment = base_environment(var, address)
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    said = manage(environment, "make_demo").stdout
    password = re.search(r"password\W+(?:is\W+)?(\S+)", said, re.IGNORECASE)
    assert password, f"make_demo printed no password:\n{said}"
    return Template(str(var), name, password[1])


@contextmanager
def shared_template(folder: Path, run: str) -> Iterator[Template]:
    """One template for all processes of a test run: the first makes it, the last takes its database away."""
    folder.mkdir(parents=True, exist_ok=True)
    note, users = folder / "template.json", folder / "users"
    with locked(folder):
        if not note.exists():
            note.write_text(json.dumps(asdict(make_template(folder, run))))
        template = Template(**json.loads(note.read_text()))
        users.write_text(users.read_text() + "." if users.exists() else ".")
    try:
        yield template
    finally:
        with locked(folder):
            users.write_text(users.read_text()[1:])
            if not users.read_text():
                note.unlink()
                if template.database:
                    drop_database(template.database)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
