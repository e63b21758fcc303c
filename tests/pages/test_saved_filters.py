"""Coming back to the same list: filters under a name, each person's own."""

import pytest

from tests.cast import Cast, client_of
from tests.factories import make_risk
from xgov.pages.models import SavedFilter

pytestmark = pytest.mark.django_db
LIST = "/programmes/RS-001/risks/"


@pytest.fixture
def two_risks(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Claims lapse", category="LEGAL")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Beds open late", category="PROPERTY")


def save(client, name: str = "Legal ones", address: str = f"{LIST}?category=LEGAL&page=2"):
    return client.post("/saved-filters/save/", {"name": name, "address": address, "list": "Risks"}, follow=True)


def test_a_filtered_list_offers_to_be_saved_and_comes_back_as_it_was(cast: Cast, two_risks) -> None:
    client = client_of(cast.sro)
    page = client.get(f"{LIST}?category=LEGAL").text
    assert "Save these filters" in page
    answer = save(client)
    assert answer.redirect_chain[-1][0] == f"{LIST}?category=LEGAL"  # the page of the list is not kept
    assert "These filters are saved as “Legal ones”." in answer.text
    assert "Claims lapse" in answer.text
    assert "Beds open late" not in answer.text
    assert f'href="{LIST}?category=LEGAL">Legal ones</a>' in client.get(LIST).text


def test_an_unfiltered_list_has_nothing_to_save(cast: Cast, two_risks) -> None:
    assert "Save these filters" not in client_of(cast.sro).get(LIST).text


def test_saved_filters_are_nobody_elses(cast: Cast, two_risks) -> None:
    save(client_of(cast.sro))
    assert "Legal ones" not in client_of(cast.manager).get(LIST).text
    pk = SavedFilter.objects.get().pk
    assert client_of(cast.manager).post(f"/saved-filters/{pk}/remove/").status_code == 404
    assert SavedFilter.objects.exists()


def test_the_same_name_again_takes_the_place_of_the_old_filters(cast: Cast, two_risks) -> None:
    client = client_of(cast.sro)
    save(client)
    save(client, address=f"{LIST}?category=PROPERTY")
    assert SavedFilter.objects.get().query == "category=PROPERTY"


def test_a_saved_filter_can_be_removed(cast: Cast, two_risks) -> None:
    client = client_of(cast.sro)
    save(client)
    pk = SavedFilter.objects.get().pk
    assert "is removed" in client.post(f"/saved-filters/{pk}/remove/", follow=True).text
    assert "You have saved no filters yet" in client.get("/saved-filters/").text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "nowhere", "/no/such/page/"])
def test_only_addresses_of_ours_are_saved(cast: Cast, address: str) -> None:
    answer = save(client_of(cast.sro), address=address)
    assert "This is not the address of a list." in answer.text
    assert not SavedFilter.objects.exists()


def test_the_way_back_from_saving_leads_nowhere_else(cast: Cast) -> None:
    page = client_of(cast.sro).get("/saved-filters/save/", {"address": "javascript:alert(1)"}).text
    assert 'href="javascript' not in page


def test_filters_need_a_name(cast: Cast) -> None:
    assert "govuk-error-summary" in save(client_of(cast.sro), name=" ").text
