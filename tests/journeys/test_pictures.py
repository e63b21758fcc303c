"""The pictures that the documents show, taken of the real pages: `make pictures` renews them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.house import House

PROGRAMME = "Fewer people sleeping rough"


def test_the_picture_of_the_readme_shows_the_demonstration_programme(
    house: House, page_as: Callable[..., Page], axe: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    page = page_as("manager@mhclg.example")
    page.goto(f"{house.url}/programmes/")
    page.get_by_role("link", name=PROGRAMME).first.click()
    expect(page.get_by_role("region", name="Programme").get_by_role("link", name=PROGRAMME)).to_be_visible()
    axe(page)
    picture(page, "programme", full_page=False)
