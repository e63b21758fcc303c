"""Which limits a risk is held to, and whose they are: appetite and tolerance may be two departments’."""

import pytest

from risks.actions import rescore_risk
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite
from tests.factories.escalations import make_party_appetite
from tests.risks.answers import RISKS, text_of


@pytest.fixture
def held_to_two(cast: Cast, partners_risk: Risk) -> Risk:
    """The department seeks less than all together do, and bears more."""
    make_appetite(cast.programme, limit=12, tolerance_score=15)
    make_party_appetite(cast.programme, cast.dwp, 4, tolerance_score=20, level="AVERSE")
    return rescore_risk(partners_risk, by=cast.contributor, reason="As it is", residual=(4, 4))


def test_each_limit_is_named_with_those_who_agreed_it(cast: Cast, held_to_two: Risk) -> None:
    page = text_of(client_of(cast.viewer).get(f"{RISKS}R-0002/"))
    assert "Averse: up to 4 (DWP, in this programme). Up to 15 tolerated (All departments together)." in page
    assert "The strictest appetite of 2 is up to 4 (DWP, in this programme)." in page
    assert "The strictest tolerance is up to 15 (All departments together)." in page
    assert "the strictest of 2" not in page


def test_who_scores_reads_from_where_on_it_escalates(cast: Cast, held_to_two: Risk) -> None:
    page = text_of(client_of(cast.contributor).get(f"{RISKS}R-0002/score/"))
    assert "A residual score above 15 escalates." in page
    assert "That is the strictest tolerance (All departments together)." in page
    assert "A residual score above 20" not in page


def test_one_that_is_strictest_in_both_is_named_once(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=12, tolerance_score=15)
    make_party_appetite(cast.programme, cast.dwp, 4, tolerance_score=15)
    page = text_of(client_of(cast.viewer).get(f"{RISKS}R-0002/"))
    assert "DWP, in this programme: the strictest of 2." in page
    assert "up to 4, and up to 15 tolerated." in page
