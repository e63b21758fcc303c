"""One risk of the lead department, one of a partner and one that is sensitive, in the programme of the cast."""

import pytest

from risks.actions import rescore_risk
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_appetite, make_risk


@pytest.fixture
def leads_risk(cast: Cast) -> Risk:
    return make_risk(cast.programme, cast.mhclg, cast.manager, reference="R-0001", title="Places run out")


@pytest.fixture
def partners_risk(cast: Cast) -> Risk:
    return make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0002", title="Claims lapse at a move")


@pytest.fixture
def sensitive_risk(cast: Cast) -> Risk:
    return make_risk(
        cast.programme, cast.mhclg, cast.sro, reference="R-0003", title="A supplier is close to collapse",
        marking="OFFICIAL_SENSITIVE", residual=(5, 5), inherent=(5, 5), category="COMMERCIAL",
    )  # fmt: skip


@pytest.fixture
def risen(cast: Cast, partners_risk: Risk) -> Risk:
    """A partner scores it above what is tolerated, though not so far that the sponsors are asked."""
    make_appetite(cast.programme, limit=9, tolerance_score=12)
    return rescore_risk(partners_risk, by=cast.contributor, reason="Two shelters closed", residual=(4, 4))
