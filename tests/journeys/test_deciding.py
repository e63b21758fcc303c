"""A decision from the form to the log, without JavaScript: read once more, changed, read again, made."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.house import House

DECISION = "/programmes/RS-001/decisions/D-003"


def test_the_sro_reads_a_decision_again_before_making_it(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as("sro@mhclg.example", javascript=False)
    page.goto(f"{house.url}{DECISION}/make/")
    page.get_by_label("Each department carries a fifth").check()
    page.get_by_label("Why", exact=True).fill("Every bed is needed until April.")
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Check the decision before you make it")
    expect(page.get_by_text("Each department carries a fifth (recommended)")).to_be_visible()

    page.get_by_role("button", name="Change Why", exact=True).click()
    why = page.get_by_label("Why", exact=True)
    expect(why).to_have_value("Every bed is needed until April.")
    assert page.url.endswith("#id_rationale")
    why.fill("Every bed is needed until the spending review.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Every bed is needed until the spending review.")).to_be_visible()

    other = page_as("manager@dwp.example")
    other.goto(f"{house.url}{DECISION}/positions/department-for-work-pensions/")
    other.get_by_label("Dissents").check()
    other.get_by_label("In the department’s words").fill("Our share is larger than a fifth.")
    other.get_by_role("button", name="Record position").click()

    page.get_by_role("button", name="Make decision").click()
    expect(heading).to_contain_text("Check the decision before you make it")
    expect(page.get_by_role("alert")).to_contain_text("Something has changed since you opened this")
    expect(page.get_by_text("Our share is larger than a fifth.")).to_be_visible()

    page.get_by_role("button", name="Make decision").click()
    expect(page.get_by_role("alert")).to_contain_text("D-003 is made and stands in the decision log.")


def test_axe_finds_nothing_on_the_answers_of_a_decision(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = page_as("manager@mhclg.example")
    page.goto(f"{house.url}/programmes/RS-001/decisions/propose/")
    page.get_by_label("What has to be decided?").fill("Which cities come next?")
    page.get_by_role("button", name="Propose decision").click()
    address = page.url
    page = page_as("sro@mhclg.example")
    page.goto(f"{address}make/")
    page.get_by_label("The decision in words").fill("Leeds and Bath.")
    page.get_by_label("Why", exact=True).fill("They have beds.")
    page.get_by_role("button", name="Continue").click()
    axe(page)
    page.get_by_role("button", name="Make decision").click()
    expect(page.get_by_role("alert")).to_contain_text("is made and stands in the decision log")
