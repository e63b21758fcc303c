"""What every test shares. People and records come from cast.py and factories/; services from engines.py."""

import datetime as dt
import gc
import os
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, settings

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# How long an example took says how busy the machine is, and nothing of the product.
settings.register_profile("xgov", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("xgov")

# It is noon when the tests begin, and goes on from there: a day that ends while they run would be two days to them.
# The journeys start the product as processes of their own, which keep the machine's time.
_TODAY = dt.datetime.now(ZoneInfo("Europe/London")).date()
time_machine.travel(dt.datetime.combine(_TODAY, dt.time(12), dt.UTC)).start()

pytest_plugins = ["tests.cast"]

# What takes minutes begins first: begun last, it would leave all cores but one idle.
LONGEST = ("tests/conventions/test_routes.py", "tests/journeys/", "tests/conventions/test_growth.py", "tests/access/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order of LONGEST, then all others in the order they had."""

    def place(item: pytest.Item) -> int:
        return next((number for number, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: looking through it for rubbish over and over takes a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
