"""docker-compose.yml cannot be run by the tests, so it is held against the code line by line."""

import importlib
import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import environ
import pytest
import yaml
from celery.bin.celery import celery as celery_command
from django.core.management import get_commands
from django.urls import resolve
from gunicorn.config import Config

from tests.conventions.reading import ROOT, environment_names

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / OURS["web"]["build"]["dockerfile"]).read_text()
IMAGE_OWN_NAMES = {"PATH", "PYTHONUNBUFFERED"}
READ_BY_LIBPQ = {"PGPASSWORD"}


def commands_of(words: list[str]) -> Iterator[list[str]]:
    """The commands of an exec-form list; `sh -c "a && b"` holds two."""
    if words[:2] == ["sh", "-c"]:
        for part in words[2].split("&&"):
            yield shlex.split(part)
    else:
        yield words


def check_command(words: list[str]) -> None:
    """Fails when the command, or an option of it, is not there."""
    program, *arguments = words
    if program == "python":
        assert arguments[0] == "manage.py"
        assert arguments[1] in get_commands(), f"manage.py has no command {arguments[1]}"
    elif program == "gunicorn":
        Config().parser().parse_args(arguments)
        module, _, name = arguments[0].partition(":")
        assert callable(getattr(importlib.import_module(module), name or "application"))
    elif program == "celery":
        check_celery_command(arguments)
    else:
        pytest.fail(f"nobody has decided how to check the command {program}")


def check_celery_command(arguments: list[str]) -> None:
    assert arguments[0] == "-A"
    importlib.import_module(f"{arguments[1]}.celery")
    subcommand = celery_command.commands[arguments[2]]
    known = {option for parameter in subcommand.params for option in [*parameter.opts, *parameter.secondary_opts]}
    given = {word for word in arguments[3:] if word.startswith("-")}
    assert given <= known, f"celery {arguments[2]} has no option {given - known}"


@pytest.mark.parametrize("name", sorted(OURS))
def test_an_operator_starts_only_commands_that_exist(name: str) -> None:
    for words in commands_of(OURS[name]["command"]):
        check_command(words)


def test_the_image_alone_starts_a_command_that_exists() -> None:
    (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    check_command(yaml.safe_load(command))


def test_web_worker_and_beat_run_apart_with_database_and_queue() -> None:
    assert set(SERVICES) == {"prepare", "web", "worker", "beat", "postgres", "redis"}
    for name in ("worker", "beat"):
        assert name in OURS[name]["command"]
    assert SERVICES["postgres"]["image"] == "postgres:16"
    assert SERVICES["redis"]["image"] == "redis:7"


@pytest.mark.parametrize("name", sorted(OURS))
def test_an_operator_sets_only_variables_that_the_settings_read(name: str) -> None:
    unknown = set(OURS[name]["environment"]) - environment_names() - READ_BY_LIBPQ
    assert not unknown, f"xgov/settings.py does not read {sorted(unknown)}"


def test_the_image_sets_only_variables_that_the_settings_read() -> None:
    (line,) = re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
    names = {pair.partition("=")[0] for pair in shlex.split(line)}
    assert names <= environment_names() | IMAGE_OWN_NAMES


def test_the_demonstration_is_never_on_in_production() -> None:
    for service in OURS.values():
        assert not {"XGOV_DEMO", "XGOV_DEBUG"} & set(service["environment"])
        assert service["environment"]["XGOV_PRODUCTION"] == "1"


def test_no_secret_is_written_in_the_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("XGOV_SECRET_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?" in text, f"{name} must be asked for, with no default"
        assert f"${{{name}:-" not in text


def test_addresses_name_services_of_this_file() -> None:
    environment = OURS["web"]["environment"]
    for name in ("DATABASE_URL", "CELERY_BROKER_URL"):
        address = re.sub(r"\$\{[^}]*\}", "x", environment[name])
        assert urlsplit(address).hostname in SERVICES
    assert f"/{SERVICES['postgres']['environment']['POSTGRES_DB']}" in environment["DATABASE_URL"]
    assert f"//{SERVICES['postgres']['environment']['POSTGRES_USER']}@" in environment["DATABASE_URL"]


def test_a_password_of_any_characters_reaches_the_database() -> None:
    """Not in the address, where a slash would end it, but where the client library of PostgreSQL looks."""
    for service in OURS.values():
        environment = service["environment"]
        assert not environ.Env.db_url_config(environment["DATABASE_URL"])["PASSWORD"]
        assert environment["PGPASSWORD"] == SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]


def test_an_operator_is_asked_for_whatever_people_would_miss() -> None:
    """Without a default that works on the operator's own machine alone: links in letters, letters that leave it."""
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("XGOV_ADDRESS", "XGOV_ALLOWED_HOSTS", "EMAIL_URL", "XGOV_MAIL_FROM"):
        assert f"${{{name}:?" in text, f"{name} must be asked for, with no default"
        assert f"{name}=" in text.partition("\nname: xgov")[0], f"the head of the file does not name {name}"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))
def test_every_service_that_stays_up_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_health_check_asks_an_address_that_answers_on_the_port_that_web_binds() -> None:
    (address,) = re.findall(r"http://[^'\"]+", " ".join(SERVICES["web"]["healthcheck"]["test"]))
    parts = urlsplit(address)
    assert resolve(parts.path)
    assert f"0.0.0.0:{parts.port}" in SERVICES["web"]["command"]
    assert any(published.endswith(f":{parts.port}") for published in SERVICES["web"]["ports"])
    assert f"EXPOSE {parts.port}" in DOCKERFILE
    assert parts.hostname in SERVICES["web"]["environment"]["XGOV_ALLOWED_HOSTS"]


def test_the_workers_health_check_is_a_celery_command() -> None:
    words = shlex.split(SERVICES["worker"]["healthcheck"]["test"][1].replace("$$", "$"))
    check_celery_command([*words[1:4], *(word for word in words[5:] if word.startswith("--"))])
    assert words[4] == "ping"


def test_every_volume_is_declared_used_and_where_the_data_lies() -> None:
    mounted = dict(volume.split(":")[:2] for service in SERVICES.values() for volume in service.get("volumes", []))
    assert set(mounted) == set(COMPOSE["volumes"])
    folder = OURS["web"]["environment"]["XGOV_VAR"]
    assert all(f"files:{folder}" in service["volumes"] for service in OURS.values())
    assert OURS["beat"]["command"][OURS["beat"]["command"].index("--schedule") + 1].startswith(f"{folder}/")


def test_services_wait_for_services_that_are_there() -> None:
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]


def test_the_image_copies_only_what_is_there_and_keeps_all_that_is_copied() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied: set[str] = set()
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE):
        copied.update(line.split()[:-1])
    assert copied == allowed
    missing = {name for name in copied if not (ROOT / name).exists()}
    assert not missing


def test_the_image_runs_as_nobody_special_with_the_libraries_that_the_machine_script_asks_for() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER xgov$", final, re.MULTILINE)
    asked = (ROOT / ".ci/system").read_text().partition("= test ]")[0]
    for package in re.findall(r"\|\| want ([a-z][\w.-]+)$", asked, re.MULTILINE):
        assert package in final, f"the image lacks {package}"
    assert "--require-hashes" in DOCKERFILE
    assert set(re.findall(r"requirements/\w+\.txt", DOCKERFILE)) == {"requirements/uv.txt", "requirements/base.txt"}


def test_every_first_party_package_is_in_the_image() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
