"""A pack from the button to the paper, and what becomes of it when its worker dies or none is there."""

import hashlib
import io
import os
import re
import signal
import time
from collections.abc import Callable

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.house import House
from tests.journeys.template import manage
from xgov.papers import checks

SRO, VIEWER, OUTSIDER = "sro@mhclg.example", "viewer@moj.example", "outsider@dft.example"
PATIENCE = 60_000
MakeHouse = Callable[[], House]


def open_board(page: Page, house: House) -> str:
    page.goto(f"{house.url}/programmes/RS-001/packs/")
    page.get_by_role("table", name="Boards").get_by_role("link").first.click()
    return page.url


def issue(page: Page, house: House, what: str = "Everything but OFFICIAL-SENSITIVE records") -> str:
    """From the board's page to the progress page; gives back the board's address."""
    board = open_board(page, house)
    page.get_by_role("link", name="Issue pack").click()
    page.get_by_label(what).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Issue pack").click()
    expect(page).to_have_url(re.compile(r"/jobs/[0-9a-f-]+/$"))
    return board


def open_result(page: Page) -> None:
    page.get_by_role("button", name="Open it").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1, name=re.compile(r"Pack \d+"))).to_be_visible()


def test_the_sro_issues_a_pack_without_javascript_and_reads_it_as_page_and_as_pdf(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    page = page_as(SRO, javascript=False)
    issue(page, house)
    open_result(page)
    pack = page.url
    shown = page.get_by_text(re.compile(r"^[0-9a-f]{64}$")).first.inner_text()
    answer = page.request.get(f"{pack}pdf/")
    assert hashlib.sha256(answer.body()).hexdigest() == shown
    assert checks.faults(answer.body()) == []
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        (cover,) = pdf.open_outline().root
        titles = [entry.title for entry in cover.children]
    headings = page.locator(".xgov-paper__section h2").all_inner_texts()
    # The page has a list of its own of whom the pack was issued to.
    assert titles[1:] == [*(heading.replace(". ", " ", 1) for heading in headings), "To whom it is issued"]

    reader = page_as(VIEWER)
    for address in ("boards/", "programmes/RS-001/packs/"):
        reader.goto(f"{house.url}/{address}")
        axe(reader)
    reader.goto(pack)
    expect(reader.get_by_text(shown)).to_be_visible()
    axe(reader)
    picture(reader, "pack")
    assert page_as(OUTSIDER).goto(pack).status == 404


def test_every_page_of_a_board_can_be_used_by_everyone(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as(SRO)
    board = open_board(page, house)
    for address in ("", "packs/issue/", "running-order/", "change/", "seats/add/", "close/"):
        page.goto(f"{board}{address}")
        axe(page)
    page.goto(f"{board}packs/issue/")
    page.get_by_role("group", name=re.compile("Date of the meeting")).get_by_label("Year").fill("20")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe(page)
    page.get_by_role("group", name=re.compile("Date of the meeting")).get_by_label("Year").fill("")
    page.get_by_label("Handling instruction").fill("Members only")
    page.get_by_role("button", name="Continue").click()
    axe(page)
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_label("Handling instruction")).to_have_value("Members only")
    issue(page, house)
    axe(page)


def test_a_double_click_on_issue_gives_one_pack(house: House, page_as: Callable[..., Page]) -> None:
    page = page_as(SRO)
    board = open_board(page, house)
    before = house.manage("shell", "-v", "0", "-c", COUNT).stdout.split()[0]
    page.goto(f"{board}packs/issue/")
    page.get_by_label("Everything but OFFICIAL-SENSITIVE records").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Issue pack").dblclick()
    expect(page).to_have_url(re.compile(r"/jobs/[0-9a-f-]+/$"))
    open_result(page)
    after = house.manage("shell", "-v", "0", "-c", COUNT).stdout.split()
    assert after == [str(int(before) + 1)] * 2


def test_a_pack_waits_and_says_so_while_no_worker_runs(
    make_house: MakeHouse, new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    house = make_house()
    house.serve_web()
    page = sign_in(new_page(), house, SRO)
    issue(page, house)
    expect(page.get_by_text("No worker is running, so this waits.")).to_be_visible()
    axe(page)
    house.work()
    open_result(page)


def test_a_pack_whose_worker_is_killed_is_finished_once_by_the_next(
    make_house: MakeHouse, new_page: Callable[..., Page]
) -> None:
    house = make_house()
    house.serve_web()
    page = sign_in(new_page(), house, SRO)
    board = issue(page, house)
    kill_in_the_middle(house, page)
    tend(house)
    house.work()
    open_result(page)
    page.goto(board)
    expect(page.get_by_text("was not issued")).to_have_count(0)
    said = house.manage("shell", "-v", "0", "-c", COUNT).stdout.split()
    assert said[0] == said[1]


def test_a_pack_whose_worker_is_killed_again_fails_with_a_reason_and_can_be_tried_again(
    make_house: MakeHouse, new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    house = make_house()
    house.serve_web()
    page = sign_in(new_page(), house, SRO)
    issue(page, house)
    for _ in range(2):
        kill_in_the_middle(house, page)
        tend(house)
    expect(page.get_by_text("The worker stopped in the middle of this.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Try again").click()
    house.work()
    open_result(page)


# How many packs are issued, and how many events tell of one.
COUNT = """
from governance.models import Pack
from xgov.records.models import Event
print(Pack.objects.issued().count(), Event.objects.filter(kind="pack_issued").count())
"""
TEND = "from xgov.jobs import tending; tending.tend()"


def kill_in_the_middle(house: House, page: Page) -> None:
    """Starts a worker and kills it, as no worker can prevent, once it has begun and before it has ended."""
    job, worker = page.url, house.work()
    deadline = time.monotonic() + PATIENCE / 1000
    while not re.search("per cent done: Laying", page.request.get(job).text()):
        assert time.monotonic() < deadline, house.log_tail()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    house.processes.remove(worker)
    assert "Running" in page.request.get(job).text()


def tend(house: House) -> None:
    """What beat asks for every 20 seconds, with less patience: the worker has not been heard of for a second."""
    time.sleep(1.5)
    manage(house.env | {"XGOV_JOB_SILENCE_SECONDS": "1"}, "shell", "-v", "0", "-c", TEND)
