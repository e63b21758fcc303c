"""A line of code knows its room, and a room is small enough to know."""

import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
ROOMS_WITHOUT_A_NAME = {
    "utils", "util", "helpers", "helper", "services", "service", "common", "core", "misc", "constants", "signals",
}  # fmt: skip
LONGEST_FILE = 300


def python_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [Path(name) for name in listed if "/migrations/" not in name and (HOUSE / name).exists()]


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_a_file_is_named_for_what_lives_in_it_and_can_be_read_at_a_sitting(path: Path) -> None:
    assert not ROOMS_WITHOUT_A_NAME & {part.removesuffix(".py") for part in path.parts}
    assert len((HOUSE / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE, "split it by noun"


def test_the_top_level_is_the_one_the_readers_know() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout.split()
    top = {name.split("/")[0] for name in listed if not name.startswith(".")}
    assert top <= {
        "manage.py", "pyproject.toml", "xgov", "programmes", "governance", "risks", "datasharing", "templates",
        "static", "tests", "docker-compose.yml", "README.md", "Makefile", "requirements", "package.json",
        "package-lock.json", "docs",
    }  # fmt: skip
