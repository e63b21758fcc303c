"""What the journeys stand on: `house`, `page_as`, `page`, `axe` and `picture`."""

import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.chromium import PATIENCE_MILLISECONDS, launch
from tests.journeys.house import House
from tests.journeys.template import Template, shared_template

WIDE, NARROW, HEIGHT = 1280, 320, 900
SECURITY_POLICY = re.compile("content security policy", re.IGNORECASE)
BROKEN = 500
QUEUES_A_WORKER = 7  # a given Redis has 16 numbers: two processes side by side do not meet


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The demonstration made once for this test run, whatever the number of processes."""
    base = tmp_path_factory.getbasetemp()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone{os.getpid()}")[:12]
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with shared_template(shared / "demonstration", run) as template:
        yield template


@pytest.fixture(scope="module")
def make_house(demonstration: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], House]]:
    """Makes further copies of the demonstration, not started: for tests about a missing or killed worker."""
    houses: list[House] = []
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")

    def make() -> House:
        number = next(_numbers)
        queue = 1 + int(worker[2:]) * QUEUES_A_WORKER % 14 + number % QUEUES_A_WORKER
        houses.append(House(tmp_path_factory.mktemp("house"), demonstration, f"{worker}_{number}", queue))
        return houses[-1]

    yield make
    for house in houses:
        house.clear_away()


_numbers = count()


@pytest.fixture(scope="module")
def house(make_house: Callable[[], House]) -> House:
    """The demonstration, served by a real web server and a real worker of its own; one for each module."""
    house = make_house()
    house.serve()
    return house


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a context of its own. A server error, a script error or a breach of the policy fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(*, width: int = WIDE, javascript: bool = True, state: Any = None) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            storage_state=state,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page = context.new_page()
        page.on("response", lambda answer: answer.status >= BROKEN and faults.append(f"{answer.status} {answer.url}"))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: SECURITY_POLICY.search(line.text) and faults.append(f"{page.url}: {line.text}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of somebody who has not signed in."""
    return new_page()


@pytest.fixture(scope="module")
def signed_in_states() -> dict[str, Any]:
    """Cookies by address, so that each person signs in once a module."""
    return {}


@pytest.fixture
def page_as(house: House, new_page: Callable[..., Page], signed_in_states: dict[str, Any]) -> Callable[..., Page]:
    """`page_as("manager@mhclg.example", width=320, javascript=False)`: a page of that person, on the home page."""

    def open_page(email: str, *, width: int = WIDE, javascript: bool = True) -> Page:
        if email not in signed_in_states:
            signed_in_states[email] = sign_in(new_page(), house, email).context.storage_state()
        page = new_page(width=width, javascript=javascript, state=signed_in_states[email])
        page.goto(f"{house.url}/")
        return page

    return open_page


def sign_in(page: Page, house: House, email: str) -> Page:
    """Signs in through the form, as a person does."""
    page.goto(f"{house.url}/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(house.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)
    return page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Finds no accessibility violation at 1280 and at 320 px, and nothing that scrolls sideways at 320 px."""

    def check(page: Page) -> None:
        before = page.viewport_size
        for width, engine in ((WIDE, Axe()), (NARROW, Axe(axe_script="'it is in the page already'"))):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            results = engine.run(page)
            assert results.violations_count == 0, f"{page.url} at {width} px:\n{results.generate_report()}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} scrolls {overflow} px sideways at {NARROW} px"
        page.set_viewport_size(before)

    return check


@pytest.fixture
def picture() -> Callable[..., None]:
    """`picture(page, "programme")` keeps a screenshot in the folder named by XGOV_PICTURES; without it, nothing."""

    def take(page: Page, name: str, *, full_page: bool = True) -> None:
        if folder := os.environ.get("XGOV_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=full_page)

    return take
