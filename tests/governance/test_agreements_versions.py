"""A new version starts from the text that binds, and says what it changes of it."""

import pytest
from django.urls import reverse

from governance.actions import agreements, signing
from governance.models import Agreement, AgreementVersion
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person
from tests.factories.agreements import make_open_version, settle_clause

ABANDONED = "A tribunal of three settles every dispute."


def address(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["RS-001", "A-001", *args])


def sign_all(version: AgreementVersion) -> None:
    for place in version.signatures.select_related("department"):
        person = make_person("", "", place.department)
        make_membership(person, place.department, "signatory")
        signing.sign(version, place.department, by=person, sha256=version.sha256, post="Director", confirmed=True)


def start(cast: Cast) -> AgreementVersion:
    return agreements.start_version(Agreement.objects.get(), by=cast.manager, change_summary="More hubs")


def give_up(cast: Cast, version: AgreementVersion) -> None:
    """It has a clause that nobody wants any more."""
    settle_clause(version.clauses.get(key="disputes"), cast.manager, ABANDONED)
    agreements.withdraw_version(version, by=cast.manager, reason="Not agreed")


@pytest.fixture
def after_one_given_up(cast: Cast) -> AgreementVersion:
    """Version 3: version 1 is in force, version 2 was withdrawn."""
    sign_all(make_open_version(cast.programme, cast.manager))
    give_up(cast, start(cast))
    return start(cast)


def test_a_new_version_holds_no_words_of_a_withdrawn_one_when_a_text_is_in_force(
    cast: Cast, after_one_given_up: AgreementVersion
) -> None:
    assert after_one_given_up.number == 3
    assert ABANDONED not in after_one_given_up.composed()
    page = client_of(cast.viewer).get(address("agreement-differences", 3)).text
    assert "0 clauses differ" in page
    assert "from version 1." in page


def test_whoever_signs_is_shown_what_changes_of_the_text_in_force(
    cast: Cast, after_one_given_up: AgreementVersion
) -> None:
    settle_clause(after_one_given_up.clauses.get(key="disputes"), cast.manager, ABANDONED)
    client = client_of(cast.ao)
    assert "See the differences from version 1" in client.get(after_one_given_up.get_absolute_url()).text
    assert "See the differences from version 1" in client.get(address("agreement")).text
    page = client.get(address("agreement-differences", 3)).text
    assert "1 clause differs" in page
    assert "tribunal" in page


def test_whoever_starts_or_opens_a_version_reads_which_text_it_starts_from(
    cast: Cast, after_one_given_up: AgreementVersion
) -> None:
    client = client_of(cast.manager)
    assert "What changed since version 1?" in client.get(address("open-version", 3)).text
    give_up(cast, after_one_given_up)
    assert "It begins as a copy of version 1." in client.get(address("new-version")).text


def test_a_version_that_took_the_place_of_another_is_still_compared_with_it(
    cast: Cast, after_one_given_up: AgreementVersion
) -> None:
    settle_clause(after_one_given_up.clauses.get(key="money"), cast.manager, "MHCLG pays.")
    sign_all(agreements.open_for_signature(after_one_given_up, by=cast.manager))
    page = client_of(cast.viewer).get(address("agreement-differences", 3)).text
    assert "1 clause differs" in page
    assert "from version 1." in page
    assert start(cast).clauses.get(key="money").text == "MHCLG pays."


def test_where_no_text_was_ever_in_force_the_words_of_the_one_before_are_kept(cast: Cast) -> None:
    give_up(cast, make_draft_of_second(cast))
    third = start(cast)
    assert ABANDONED in third.composed()
    assert "from version 2." in client_of(cast.viewer).get(address("agreement-differences", 3)).text


def make_draft_of_second(cast: Cast) -> AgreementVersion:
    first = make_open_version(cast.programme, cast.manager)
    agreements.withdraw_version(first, by=cast.manager, reason="A figure was wrong")
    return start(cast)
