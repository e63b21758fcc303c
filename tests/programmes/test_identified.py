"""A department that others merely think of asking sees nothing, not even that they do."""

import pytest

from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_party, make_person
from tests.programmes.addresses import page
from xgov.access import grants, rules
from xgov.access.explaining import why
from xgov.access.roles import HeldThrough, role_choices
from xgov.accounts.parts import parts_of
from xgov.pages.attention import waiting_for

MEMBERSHIP_ROLES = [key for key, _label in role_choices(HeldThrough.MEMBERSHIP)]
NOT_THEIRS = {"centre"}  # sees every programme, of whatever department


@pytest.fixture
def identified(cast: Cast) -> Party:
    return make_party(cast.programme, cast.dft, status=Party.Status.IDENTIFIED, contribution="Warm stations")


@pytest.mark.parametrize("role", [role for role in MEMBERSHIP_ROLES if role not in NOT_THEIRS])
def test_whatever_their_role_its_people_see_nothing(cast: Cast, identified: Party, role: str) -> None:
    person = make_person(department=cast.dft)
    make_membership(person, cast.dft, role)
    assert not Party.objects.visible_to(person).exists()
    assert not rules.permissions_on(person, identified)
    assert not rules.permissions_on(person, cast.programme)
    assert person not in {sight.person for sight in why(identified)}
    client = client_of(person)
    for address in (page("party", cast.dft.slug), page("programme"), f"/history/programmes.party/{identified.pk}/"):
        assert client.get(address).status_code == 404
    assert waiting_for(person) == []
    assert all(cast.programme.name not in str(part) for part in parts_of(cast.dft, person))


def test_those_who_run_the_programme_see_whom_they_think_of(cast: Cast, identified: Party) -> None:
    assert identified in Party.objects.visible_to(cast.manager)
    assert not grants.drift_at(cast.programme)
    assert client_of(cast.manager).get(page("party", cast.dft.slug)).status_code == 200


def test_each_status_says_what_it_shows() -> None:
    assert set(Party.SHOWS) == set(Party.Status)
    assert [status for status, sight in Party.SHOWS.items() if sight == Party.Sight.PROGRAMME] == ["ACCEPTED"]
    assert set(Party.windows_open_while[1]) == set(Party.Status.values) - {"IDENTIFIED"}
