"""A memorandum from what a department changes in the record to the first signature under a new version."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.house import House

AGREEMENT = "/programmes/RS-001/agreements/A-001"


def test_a_changed_text_is_opened_by_the_lead_and_signed_anew_by_its_accounting_officer(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as("contributor@dwp.example")
    page.goto(f"{house.url}/programmes/RS-001/people/")
    page.get_by_role("link", name="Change what Department for Work and Pensions does").click()
    axe(page)
    page.get_by_label("What it does").fill("Work coaches in every hostel of the twelve cities.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("What DWP does in the programme is saved.")

    page = page_as("manager@mhclg.example")
    page.goto(f"{house.url}{AGREEMENT}/versions/1/")
    expect(page.get_by_role("heading", name="The text no longer matches the record")).to_be_visible()
    axe(page)
    page.goto(f"{house.url}{AGREEMENT}/versions/new/")
    page.get_by_role("textbox").first.fill("DWP sends its work coaches to every hostel.")
    page.get_by_role("button", name="Start new version").click()
    expect(page).to_have_url(f"{house.url}{AGREEMENT}/versions/2/")
    axe(page)
    page.get_by_role("button", name="Fill in again from the record").click()
    expect(page.get_by_role("alert")).to_contain_text("2 clauses are filled in again from the record.")
    expect(page.get_by_text("Work coaches in every hostel of the twelve cities.")).to_be_visible()
    page.goto(f"{house.url}{AGREEMENT}/versions/2/open/")
    axe(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check before you open it for signature")
    axe(page)
    page.get_by_role("button", name="Open for signature").click()
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
