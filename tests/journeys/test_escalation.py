"""A partner's change lifts a risk over what is tolerated: the SRO finds it waiting, answers, and it returns."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.test_people import HERE, PARTNER, SRO, PageAs, press, told

RISK = "Benefit checks take longer than two days"


def score(page: Page, house: House, likelihood: str, impact: str, why: str) -> None:
    page.goto(f"{house.url}{HERE}/risks/")
    page.get_by_role("link", name=RISK).click()
    press(page, "Review and score")
    page.get_by_label("Residual likelihood").select_option(likelihood)
    page.get_by_label("Residual impact").select_option(impact)
    page.get_by_label("What has changed, or what you looked at").fill(why)
    press(page, "Save score")


def test_a_risk_that_a_partner_scores_too_high_waits_for_the_sro_and_returns(house: House, page_as: PageAs) -> None:
    partner = page_as(PARTNER)
    score(partner, house, "4", "4", "A third of claims now wait for papers.")
    told(partner, "It has escalated to: Senior responsible owner (SRO)")

    sro = page_as(SRO)
    sro.goto(house.url)
    sro.get_by_role("link", name=f"{RISK}, escalated to").click()
    expect(sro.get_by_text("The residual score of 16 is 1 above the tolerance of 15.")).to_be_visible()
    expect(sro.get_by_role("definition").get_by_text("Conrad Contribute, DWP")).to_be_visible()
    sro.get_by_role("button", name="Acknowledge").first.click()
    told(sro, "The answer is still due")
    sro.get_by_role("button", name=re.compile(r"Answer\s*: Senior")).click()
    sro.get_by_label("Your answer").fill("Pay on the outreach worker's word until March.")
    press(sro, "Send answer")
    told(sro, "Your answer is recorded")

    partner.goto(f"{house.url}/notices/")
    expect(partner.get_by_text("Pay on the outreach worker's word until March.").first).to_be_visible()
    score(partner, house, "2", "3", "Claims are paid in a day.")
    told(partner, "It is no longer escalated")
    expect(partner.get_by_text("Conrad Contribute").first).to_be_visible()
    sro.goto(house.url)
    expect(sro.get_by_role("link", name=f"{RISK}, escalated to")).to_have_count(0)
