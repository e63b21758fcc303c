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
