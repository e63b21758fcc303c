"""The README says only what is so: every path, command, link and picture that it names is there."""

import re
import shutil

import pytest
from django.core.management import get_commands

from tests.conventions.reading import ROOT, make_targets

README = (ROOT / "README.md").read_text()
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", README)))
PATHS = [name for name in NAMED if "/" in name or re.fullmatch(r"[\w-]+\.(yml|py|toml|md)", name)]
WORDS_OF_AN_APP = {"navigation.py", "board_sections.py", "querysets.py", "urls.py"}
APPS = [ROOT / name for name in ("programmes", "risks", "datasharing", "governance")]
FIRST_SCREEN_LINES = 60


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_finds_every_path_that_the_readme_names(path: str) -> None:
    if path in WORDS_OF_AN_APP:
        assert any(found for app in APPS for found in app.rglob(path)), f"no app has a {path}"
    else:
        assert (ROOT / path).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\bmake ([a-z-]+)", README))))
def test_a_stranger_can_run_every_make_command_that_the_readme_names(command: str) -> None:
    assert command in make_targets()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"manage\.py (\w+)", README))) or ["migrate"])
def test_a_stranger_can_run_every_management_command_that_the_readme_names(command: str) -> None:
    assert command in get_commands()


def test_every_other_program_that_the_readme_names_is_installed() -> None:
    programs = [name for name in NAMED if re.fullmatch(r"lint-imports|ruff( \w+)*|pytest( \w+)*", name)]
    assert programs
    assert all(shutil.which(str(ROOT / ".venv/bin" / program.split()[0])) for program in programs)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_and_picture_of_the_readme_is_there(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_first_screen_answers_what_for_whom_how_and_where() -> None:
    first = "\n".join(README.splitlines()[:FIRST_SCREEN_LINES])
    for needed in ("# xgov", "It is for", "docs/images/programme.png", "make demo", "make test", "Adding a subject"):
        assert needed in first
    table = re.search(r"\|---\|---\|\n((?:\|.*\|\n)+)", README)
    assert len(table[1].splitlines()) == 10
