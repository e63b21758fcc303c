"""The browser of this machine, kept to this machine."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "google-chrome")
PLAYWRIGHTS_OWN = "chromium-*/chrome-linux*/chrome"  # where apt has none
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # nothing leaves this machine
]
PATIENCE_MILLISECONDS = 20_000


class ChromiumMissing(Exception):
    """The journeys need a real browser; without one they fail, they are not skipped."""


def chromium_path() -> str:
    store = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    own = sorted(map(str, store.glob(PLAYWRIGHTS_OWN)))
    for found in (os.environ.get("XGOV_CHROMIUM"), *map(shutil.which, NAMES), *own):
        if found:
            return found
    raise ChromiumMissing("Chromium was not found. Run: apt-get install -y chromium")


def chromium_version() -> str:
    """As the browser says it: `Chromium 156.0.8078.73`."""
    said = subprocess.run([chromium_path(), "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2])


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
