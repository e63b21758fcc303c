"""What each kind of person comes to do, done as they do it: in a browser, against the running product."""

import csv
import hashlib
import io
import re
import subprocess
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.house import House
from xgov.papers import checks

MANAGER, PARTNER, SRO = "manager@mhclg.example", "contributor@dwp.example", "sro@mhclg.example"
ADMINISTRATOR, AUDITOR, OUTSIDER = "admin@mhclg.example", "auditor@nao.example", "outsider@dft.example"
HERE = "/programmes/RS-001"
OUTCOME = "Nobody has to sleep rough more than once, and fewer people ever do."
PageAs = Callable[..., Page]


def told(page: Page, words: str) -> None:
    """The banner that says what has happened."""
    expect(page.get_by_role("alert")).to_contain_text(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_programme_manager_sets_up_a_programme(house: House, page_as: PageAs, axe: Callable[[Page], None]) -> None:
    page = page_as(MANAGER)
    page.goto(f"{house.url}/programmes/")
    press(page, "Set up a programme")
    page.get_by_label("Name of the programme").fill("Warm homes before winter")
    page.get_by_label("Reference").fill("WH-001")
    press(page, "Set up programme")
    told(page, "set up as WH-001")
    expect(page).to_have_url(f"{house.url}/programmes/WH-001/set-up/")

    place = f"{house.url}/programmes/WH-001"
    page.goto(f"{place}/outcome/?from=set-up")
    page.get_by_label("What is the one outcome").fill("No home is too cold to live in by November.")
    press(page, "Save")
    told(page, "Outcome saved")
    page.goto(f"{place}/departments/invite/")
    page.get_by_label("Department to invite").select_option(label="Department of Health and Social Care")
    page.get_by_label("Partner department").check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the invitation")
    axe(page)
    press(page, "Invite department")
    told(page, "is invited")
    page.goto(f"{place}/delivery-model/choose/")
    page.get_by_label("Collaboration").check()
    press(page, "Save model")
    told(page, "Model of joint working saved")
    page.goto(f"{place}/people/appoint/?role=sro")
    page.get_by_label("Senior responsible owner (SRO)").check()
    page.get_by_label("Email address of the person").fill(SRO)
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the appointment")
    axe(page)
    press(page, "Appoint")
    told(page, "is appointed")
    page.goto(f"{place}/set-up/")
    expect(page.get_by_text("Completed").first).to_be_visible()
    expect(page.get_by_text("No home is too cold to live in by November.")).to_be_visible()


def add_risk(page: Page, house: House, title: str, *, kept_by: str = "") -> None:
    page.goto(f"{house.url}{HERE}/risks/")
    press(page, "Add a risk")
    page.get_by_label("Title").fill(title)
    for label in ("Cause", "Event", "Consequence"):
        page.get_by_label(label, exact=True).fill(f"{label} of it")
    page.get_by_label("Category", exact=True).select_option(index=1)
    for kind, value in (("Inherent", "4"), ("Residual", "3")):
        for scale in ("likelihood", "impact"):
            page.get_by_label(f"{kind} {scale}").select_option(value)
    page.get_by_label("Treat", exact=True).check()
    page.get_by_label("Owner").select_option(index=1)
    if kept_by:
        page.get_by_label("Department that keeps it").select_option(label=kept_by)
    press(page, "Add risk")
    told(page, "is on the register")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_partner_adds_a_risk_and_is_refused_on_the_leads(house: House, page_as: PageAs) -> None:
    page = page_as(PARTNER)
    add_risk(page, house, "Benefit offices close early in winter")
    expect(page.locator("main a", has_text="Change risk")).to_be_visible()
    page.goto(f"{house.url}{HERE}/risks/?q=street+counts")
    page.get_by_role("link", name=re.compile("Street counts")).click()
    expect(page.locator("main a", has_text="Change risk")).to_have_count(0)
    assert page.goto(f"{page.url}change/").status == 403
    assert page.goto(f"{house.url}{HERE}/risks/R-0007/").status == 404  # marked OFFICIAL-SENSITIVE


def test_a_manager_adds_a_risk_without_javascript(house: House, page_as: PageAs) -> None:
    add_risk(page_as(MANAGER, javascript=False), house, "The night shelters run out of staff", kept_by="Home Office")


def test_the_sro_reads_in_the_pdf_what_the_programme_is_for(house: House, page_as: PageAs) -> None:
    page = page_as(SRO)
    page.goto(f"{house.url}{HERE}/packs/")
    page.get_by_role("link", name=re.compile("Pack 1")).first.click()
    answer = page.request.get(f"{page.url}pdf/").body()
    expect(page.get_by_text(hashlib.sha256(answer).hexdigest())).to_be_visible()
    assert checks.faults(answer) == []
    text = subprocess.run(["pdftotext", "-", "-"], input=answer, capture_output=True, check=True).stdout.decode()
    assert OUTCOME in " ".join(text.split())


def test_an_auditor_reads_the_history_exports_it_and_changes_nothing(house: House, page_as: PageAs) -> None:
    page = page_as(AUDITOR)
    page.goto(f"{house.url}{HERE}/")
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("History")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV")).click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert {"risk", "programme", "decision"} <= {row["Kind of record"] for row in rows}
    assert any("Matched data" in row["Record"] for row in rows)  # an auditor reads what is sensitive too
    page.goto(f"{house.url}{HERE}/risks/R-0001/")
    expect(page.locator("main a", has_text=re.compile(r"^\s*(Change|Close|Add) "))).to_have_count(0)
    assert page.goto(f"{house.url}{HERE}/risks/R-0001/change/").status == 403


def test_an_outsider_finds_nothing(house: House, page_as: PageAs) -> None:
    page = page_as(OUTSIDER)
    expect(page.get_by_text("sleeping rough")).to_have_count(0)
    for address in ("/programmes/?q=sleeping", "/risks/?q=beds", "/boards/?q=rough"):
        page.goto(house.url + address)
        expect(page.locator("main table a")).to_have_count(0)
    for address in ("", "risks/R-0001/", "history/", "history/?format=csv", "packs/", "decisions/D-001/"):
        assert page.goto(f"{house.url}{HERE}/{address}").status == 404
    for address in ("history/risks.risk/1/", "who/risks.risk/1/", "boards/rough-sleeping-joint-board/packs/1/pdf/"):
        assert page.goto(f"{house.url}/{address}").status == 404


def test_an_administrator_gives_and_ends_a_role_and_it_takes_effect(
    house: House, page_as: PageAs, new_page: Callable[..., Page]
) -> None:
    page = page_as(ADMINISTRATOR)
    people = f"{house.url}/departments/ministry-of-housing-communities-local-government/people/"
    page.goto(f"{people}give-role/")
    page.get_by_label("Or the email address of somebody else").fill(OUTSIDER)
    page.get_by_label("Viewer", exact=True).check()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check before the role is given")
    expect(page.get_by_text("In programmes the department has joined: see the records")).to_be_visible()
    press(page, "Give role")
    told(page, "now has the role Viewer")
    outsider = sign_in(new_page(), house, OUTSIDER)
    assert outsider.goto(f"{house.url}{HERE}/").status == 200

    page.goto(f"{people}?q=oscar")
    page.get_by_role("link", name="Oscar Outside").click()
    page.get_by_role("link", name=re.compile("^End")).click()
    page.get_by_label("Why does the role end?").fill("It was given for a day.")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check before the role ends")
    press(page, "End role")
    told(page, "no longer has the role Viewer")
    assert outsider.goto(f"{house.url}{HERE}/").status == 404


def test_somebody_with_a_keyboard_alone_signs_in_and_opens_the_menu_on_a_small_screen(
    house: House, new_page: Callable[..., Page]
) -> None:
    page = new_page(width=320)
    page.goto(f"{house.url}/")
    tab_to(page, "Email address")
    page.keyboard.type(MANAGER)
    tab_to(page, "Password")
    page.keyboard.type(house.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Programmes", exact=True)).to_be_hidden()
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Menu")).to_have_attribute("aria-expanded", "true")
    tab_to(page, "Programmes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{house.url}/programmes/")


FOCUSED = "(e => e ? (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText).trim() : '')"


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what has the focus is called so."""
    for _ in range(60):
        if page.evaluate(f"{FOCUSED}(document.activeElement)") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{name}” cannot be reached with Tab")
