"""The whole suite, on SQLite and then on PostgreSQL with Redis: `python -m tests [PYTEST ARGUMENTS]`.

The last lines say what ran on what. A test that fails, or that is skipped, fails the run.
"""

import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.engines import ServiceMissing, end_cleanly_when_told, processes_with, run, services, versions
from tests.journeys.chromium import ChromiumMissing, chromium_version

SERVICE_VARIABLES = ("DATABASE_URL", "CELERY_BROKER_URL", "CELERY_RESULT_BACKEND")


@dataclass
class Outcome:
    """What one run of the suite came to."""

    ran_on: str
    passed: int
    failed: int
    skipped: int
    seconds: float

    @property
    def good(self) -> bool:
        return self.passed > 0 and not self.failed and not self.skipped

    def __str__(self) -> str:
        words = f"{self.ran_on}: {self.passed} passed"
        for number, word in ((self.failed, "failed"), (self.skipped, "skipped")):
            words += f", {number} {word}" if number else ""
        return f"{words} in {self.seconds:.0f} s"


def suite(ran_on: str, environment: dict[str, str], arguments: list[str]) -> Outcome:
    """Runs pytest in that environment and counts what it reports."""
    print(f"\n=== {ran_on}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xgov-suite-", ignore_cleanup_errors=True) as folder:
        report = Path(folder) / "report.xml"
        spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of tests/conftest.py
        command = [sys.executable, "-m", "pytest", *spread, "-q", f"--junitxml={report}"]
        name = secrets.token_hex(8)
        try:
            code = run([*command, *arguments], {**environment, "XGOV_TEST_RUN": name, "TMPDIR": folder})
        finally:
            for pid in processes_with("XGOV_TEST_RUN", name):  # what an interrupted test could not stop itself
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        if report.exists():
            totals = ElementTree.parse(report).getroot().find("testsuite")
            counts = {name: int(totals.get(name, 0)) for name in counts}
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    return Outcome(ran_on, passed, failed or int(code != 0), counts["skipped"], time.monotonic() - started)


def main() -> int:
    end_cleanly_when_told()
    arguments = sys.argv[1:]
    plain = {name: value for name, value in os.environ.items() if name not in SERVICE_VARIABLES}
    if not shutil.which("pdftotext"):
        print("pdftotext was not found. Run: apt-get install -y poppler-utils", file=sys.stderr)
        return 1
    try:
        chromium = chromium_version()
        with services() as found:
            outcomes = [
                suite(
                    f"SQLite {sqlite3.sqlite_version}, folders as queue, Celery worker, {chromium}", plain, arguments
                ),
                suite(
                    f"{', '.join(versions(found))}, Celery worker, {chromium}",
                    {**plain, **found, "CELERY_RESULT_BACKEND": found["CELERY_BROKER_URL"]},
                    arguments,
                ),
            ]
    except (ServiceMissing, ChromiumMissing, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print()
    for outcome in outcomes:
        print(outcome)
    if any(outcome.skipped for outcome in outcomes):
        print("A test that is skipped counts as a failure here: mend it or take it out.")
    return 0 if all(outcome.good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
