"""Who can own a risk: people who see it and are there to act."""

import pytest

from risks.actions import add_mitigation, add_risk, change_risk
from tests.cast import Cast, client_of
from tests.factories import make_risk
from tests.risks.answers import RISKS, SCORES, new_risk, text_of
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

ANSWERS = {
    "title": "Beds run out", "cause": "Few beds.", "event": "They may run out.", "consequence": "People sleep rough.",
    "category": "OPERATIONS", "response": "TREAT", "inherent": (4, 4), "residual": (3, 3),
}  # fmt: skip


@pytest.mark.parametrize("who", ["administrator", "auditor", "outsider", "centre", "platform"])
def test_nobody_owns_a_risk_by_a_role_that_does_not_act_in_the_programme(cast: Cast, who: str) -> None:
    with pytest.raises(RuleBroken, match="with which they could own it"):
        add_risk(cast.programme, by=cast.manager, owner=getattr(cast, who), kept_by=cast.mhclg, **ANSWERS)


def test_a_sensitive_risk_is_owned_by_somebody_who_may_see_it(cast: Cast) -> None:
    sensitive = {"by": cast.manager, "kept_by": cast.mhclg, "marking": "OFFICIAL_SENSITIVE", **ANSWERS}
    with pytest.raises(RuleBroken, match="may not see sensitive records"):
        add_risk(cast.programme, owner=cast.viewer, **sensitive)
    assert add_risk(cast.programme, owner=cast.sro, **sensitive).owner == cast.sro


def test_marking_a_risk_later_asks_for_an_owner_who_still_sees_it(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.mhclg, cast.viewer)
    with pytest.raises(RuleBroken, match="may not see sensitive records"):
        change_risk(risk, by=cast.manager, marking="OFFICIAL_SENSITIVE")


def test_a_mitigation_of_a_sensitive_risk_is_not_given_to_somebody_who_cannot_read_it(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.mhclg, cast.sro, marking="OFFICIAL_SENSITIVE")
    with pytest.raises(RuleBroken, match="may not see sensitive records"):
        add_mitigation(risk, by=cast.manager, text="Act", owner=cast.viewer, department=cast.moj, due=today())


def test_the_form_offers_those_who_can_own_and_says_so_of_others(cast: Cast) -> None:
    client = client_of(cast.manager)
    page = client.get(f"{RISKS}add/").text
    assert cast.sro.name in page
    assert cast.administrator.name not in page
    tampered = client.post(f"{RISKS}add/", new_risk(cast, owner=str(cast.administrator.pk), **SCORES))
    assert "Select owner from the list" in text_of(tampered)
