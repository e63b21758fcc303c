"""The register narrowed to what people look for most, each a place of its own with its page and its files."""

from datetime import timedelta

import pytest

from tests.cast import Cast, client_of
from tests.factories import make_risk
from tests.risks.answers import RISKS, text_of
from xgov.records.clock import now, today


@pytest.mark.parametrize(
    ("query", "heading"),
    [("only=overdue&sort=review", "Overdue reviews of risks"), ("only=above", "Risks above appetite")],
)
@pytest.mark.parametrize("address", [RISKS, "/risks/"])
def test_overdue_reviews_and_what_is_above_appetite_are_places_of_their_own(
    cast: Cast, address: str, query: str, heading: str
) -> None:
    make_risk(
        cast.programme, cast.dwp, cast.contributor, title="Late and high", review_due=today() - timedelta(days=3),
        above_appetite_since=now(),
    )  # fmt: skip
    make_risk(cast.programme, cast.dwp, cast.contributor, title="All is well")
    client = client_of(cast.viewer)
    link = f"{address}?{query}"
    assert f'href="{link.replace("&", "&amp;")}"' in text_of(client.get(f"{address}heat-map/"))
    page = client.get(link)
    assert page.context["heading"].startswith(heading)
    assert [risk.title for risk in page.context["register"].records] == ["Late and high"]
    assert [entry.url for entry in page.context["places"] if entry.current] == [link]
    assert [entry.url for entry in client.get(address).context["places"] if entry.current] == [address]
    assert "Late and high" in client.get(f"{link}&format=csv").getvalue().decode()


def test_what_is_looked_for_less_often_stands_under_more_until_somebody_is_there(cast: Cast) -> None:
    client = client_of(cast.viewer)
    places = client.get(RISKS).context["places"]
    assert [str(each.label) for each in places if each.under_more] == [
        "Departments", "Assurance", "Assumptions", "Dependencies", "How it works", "Spreadsheets",
    ]  # fmt: skip
    there = client.get(f"{RISKS}assurance/").context["places"]
    assert [str(each.label) for each in there if each.current] == ["Assurance"]
    assert "Assurance" not in [str(each.label) for each in there if each.under_more]


def test_every_place_of_the_register_is_linked_in_the_row_or_under_more_and_where_all_fold(cast: Cast) -> None:
    client = client_of(cast.viewer)
    page = client.get(f"{RISKS}assurance/")
    for place in page.context["places"]:
        assert text_of(page).count(f'href="{place.url.replace("&", "&amp;")}"') >= 2, place.label
        assert client.get(place.url).status_code == 200


def test_a_navigation_with_few_pages_has_nothing_under_more(cast: Cast) -> None:
    assert "xgov-sub-navigation-more" not in text_of(client_of(cast.viewer).get("/risks/"))
