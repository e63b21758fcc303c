"""The lock files: complete, by hash, and silent about where packages are fetched from."""

import json
import re

import pytest

from tests.conventions.reading import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash_and_no_address(lock) -> None:
    text = lock.read_text()
    assert "//" not in text
    entries = re.findall(r"^[a-z0-9].*==.*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
    assert len(entries) == text.count("==") - len(re.findall(r" == '", text))
    assert entries


def test_the_front_end_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_every_dependency_says_in_a_comment_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(lists) == 2
    for line in "".join(lists).splitlines():
        assert re.fullmatch(r'    "[^"]+", +# .{10,}', line), f"say what this is for: {line}"


def test_whoever_develops_runs_the_same_versions_as_production() -> None:
    locked = {lock.stem: set(re.findall(r"^([\w.-]+==[\w.]+)", lock.read_text(), re.MULTILINE)) for lock in LOCKS}
    assert locked["base"] <= locked["dev"]
