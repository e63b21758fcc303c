"""One risk kept by the lead department and one kept by a partner, in the programme of the cast."""

import pytest

from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_risk


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
