"""A memorandum from a new version to the first signature under it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.house import House

AGREEMENT = "/programmes/RS-001/agreements/A-001"


def test_a_changed_text_is_opened_by_the_lead_and_signed_anew_by_its_accounting_officer(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as("manager@mhclg.example")
    page.goto(f"{house.url}{AGREEMENT}/versions/new/")
    page.get_by_role("textbox").first.fill("The data clause names the new provider.")
    page.get_by_role("button", name="Start new version").click()
    expect(page).to_have_url(f"{house.url}{AGREEMENT}/versions/2/")
    axe(page)
    page.goto(f"{house.url}{AGREEMENT}/versions/2/open/")
    axe(page)
    page.get_by_label("The text is final").check()
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("alert")).to_contain_text("The text is fixed")

    page = page_as("ao@mhclg.example")
    page.goto(f"{house.url}{AGREEMENT}/")
    axe(page)
    page.goto(f"{house.url}{AGREEMENT}/sign/ministry-of-housing-communities-local-government/")
    axe(page)
    page.get_by_role("button", name=re.compile("^Sign text")).click()
    expect(page.get_by_role("alert")).to_contain_text("Confirm that you have read the text and sign it")
    axe(page)
    page.get_by_label("I have read the whole text").check()
    page.get_by_role("button", name=re.compile("^Sign text")).click()
    expect(page.get_by_role("alert")).to_contain_text("You have signed")

    partner = page_as("contributor@dwp.example")
    assert partner.goto(f"{house.url}{AGREEMENT}/sign/department-for-work-pensions/").status == 403
