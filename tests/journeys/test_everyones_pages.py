"""Each type of page is for everyone: axe finds nothing at 1280 and 320 px, and nothing scrolls sideways."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import House

HERE = "/programmes/RS-001"
DEPARTMENT = "/departments/ministry-of-housing-communities-local-government"

PAGES = {
    "sro@mhclg.example": (
        "/", f"{HERE}/decisions/D-003/make/", f"{HERE}/confidence/rate/", f"{HERE}/status/", "/account/",
        "/risks/gathered/", "/risks/portfolio/",
        "/search/?q=rough", "/search/?q=x",
    ),
    "manager@mhclg.example": (
        "/", "/programmes/", "/programmes/new/", f"{HERE}/set-up/", f"{HERE}/outcome/", f"{HERE}/cost/",
        f"{HERE}/departments/invite/", f"{HERE}/departments/department-for-work-pensions/contribution/",
        f"{HERE}/people/appoint/", f"{HERE}/delivery-model/choose/",
        f"{HERE}/risks/add/", f"{HERE}/risks/R-0007/", f"{HERE}/risks/appetite/FINANCIAL/",
        f"{HERE}/decisions/propose/", f"{HERE}/agreements/draft/", f"{HERE}/data-sharing/flows/add/",
        f"{HERE}/data-sharing/datasets/add/", f"{HERE}/boards/add/",
        f"{HERE}/risks/spreadsheets/", f"{HERE}/risks/spreadsheets/bring/", f"{HERE}/risks/spreadsheets/1/",
    ),
    "viewer@moj.example": (
        HERE + "/", f"{HERE}/people/", f"{HERE}/confidence/", f"{HERE}/delivery-model/", f"{HERE}/history/",
        f"{HERE}/risks/", f"{HERE}/risks/R-0001/", f"{HERE}/risks/heat-map/", f"{HERE}/risks/appetite/", "/risks/",
        f"{HERE}/risks/?only=overdue&sort=review", f"{HERE}/risks/heat-map/?since_day=1&since_month=1&since_year=2025",
        "/risks/heat-map/",
        f"{HERE}/decisions/", f"{HERE}/decisions/D-001/", f"{HERE}/agreements/", f"{HERE}/agreements/A-001/",
        f"{HERE}/agreements/A-001/versions/1/", f"{HERE}/data-sharing/", f"{HERE}/data-sharing/datasets/",
        f"{HERE}/data-sharing/datasets/DS-0001/", f"{HERE}/data-sharing/flows/DF-0001/", "/history/risks.risk/1/",
        "/who/risks.risk/1/", "/search/", "/search/?q=nothing+like+it",
    ),
    "admin@mhclg.example": (
        "/departments/?q=housing", f"{DEPARTMENT}/", f"{DEPARTMENT}/people/", f"{DEPARTMENT}/people/give-role/",
        f"{DEPARTMENT}/people/add/", f"{DEPARTMENT}/rename/",
    ),
    "outsider@dft.example": ("/", "/programmes/", "/boards/"),
    "centre@cabinet-office.example": ("/", "/programmes/?q=rail"),
}  # fmt: skip


@pytest.mark.parametrize("email", PAGES)
def test_axe_finds_nothing_on_the_pages_of(
    email: str, house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as(email)
    for address in PAGES[email]:
        status = page.goto(house.url + address).status
        assert status == 200, f"{address}: {status}"
        axe(page)


def test_axe_finds_nothing_before_signing_in_nor_where_nothing_is(
    house: House, page: Page, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    for address in ("/sign-in/", "/accessibility/", "/password/forgotten/"):
        page.goto(house.url + address)
        axe(page)
    page = page_as("viewer@moj.example")
    answers = (
        (f"{HERE}/risks/R-0001/change/", 403), (f"{HERE}/risks/R-9999/", 404),
        ("/notices/read/", 405), ("/sign-out/", 200),
    )  # fmt: skip
    for address, status in answers:
        assert page.goto(house.url + address).status == status
        axe(page)


def test_an_error_is_led_to_its_question_and_what_was_typed_is_kept(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as("contributor@dwp.example")
    page.goto(f"{house.url}{HERE}/risks/add/")
    page.get_by_label("Cause").fill("The grant ends in March")
    page.get_by_role("button", name=re.compile("^Add")).click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_label("Cause")).to_have_value("The grant ends in March")
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")
    axe(page)


def test_on_a_small_screen_the_heat_map_says_its_bands_and_the_places_of_the_risks_fold_away(
    house: House, page_as: Callable[..., Page]
) -> None:
    page = page_as("viewer@moj.example", width=320, javascript=False)
    page.goto(f"{house.url}{HERE}/risks/heat-map/")
    gravest = page.get_by_role("cell", name="score 25, very high")
    expect(gravest.get_by_text("score 25, very high")).to_be_visible()
    assert "Impact 5, very high" in gravest.evaluate("cell => getComputedStyle(cell, '::before').content")
    places = page.get_by_role("navigation", name="Risks pages")
    expect(places.get_by_role("link", name="Appetite", exact=True)).to_be_hidden()
    places.get_by_text("Risks: Heat map").click()
    places.get_by_role("link", name="Appetite", exact=True).click()
    expect(page).to_have_url(re.compile("/risks/appetite/$"))


def test_on_a_wide_screen_the_places_of_the_risks_stand_in_one_line_and_the_rest_opens_by_keyboard(
    house: House, page_as: Callable[..., Page]
) -> None:
    page = page_as("viewer@moj.example", width=1280, javascript=False)
    page.goto(f"{house.url}{HERE}/risks/dependencies/")
    places = page.get_by_role("navigation", name="Risks", exact=True)
    tops = {link.bounding_box()["y"] for link in places.get_by_role("link").all() if link.is_visible()}
    assert len(tops) == 1
    expect(places.get_by_role("link", name="Dependencies", exact=True)).to_be_visible()
    expect(places.get_by_role("link", name="Spreadsheets", exact=True)).to_be_hidden()
    places.locator("summary", has_text="More").focus()
    page.keyboard.press("Enter")
    places.get_by_role("link", name="Spreadsheets", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/risks/spreadsheets/$"))
