"""Risks that have to do with one another, and what counts in the risk above."""

import pytest
from django.core.exceptions import PermissionDenied

from programmes.models import Programme
from risks.actions import keep_from_above, link_risks, share_upwards, unlink_risks
from risks.models import Risk, RiskLink
from tests.cast import Cast, client_of
from tests.factories import make_programme, make_risk, make_risk_link
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.records.errors import RuleBroken


@pytest.fixture
def elsewhere(cast: Cast) -> Programme:
    """A programme that DWP leads and MHCLG knows nothing of."""
    return make_programme(cast.dwp, reference="RS-002", name="Claims that last")


@pytest.fixture
def risk_elsewhere(cast: Cast, elsewhere: Programme) -> Risk:
    return make_risk(elsewhere, cast.dwp, cast.contributor, reference="R-0001", title="Claims are lost")


def test_a_partner_ties_its_risk_to_the_leads(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    link = link_risks(partners_risk, leads_risk, by=cast.contributor, kind="CAUSES")
    assert str(link) == "R-0002 may cause R-0001"


def test_who_may_change_neither_risk_ties_nothing(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        link_risks(partners_risk, leads_risk, by=cast.viewer, kind="CAUSES")


def test_who_may_not_see_the_other_risk_does_not_tie_to_it(cast: Cast, leads_risk: Risk, risk_elsewhere: Risk) -> None:
    with pytest.raises(PermissionDenied):
        link_risks(leads_risk, risk_elsewhere, by=cast.manager, kind="RELATED")


def test_a_risk_is_linked_neither_to_itself_nor_twice(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="same risk"):
        link_risks(leads_risk, leads_risk, by=cast.manager, kind="RELATED")
    link_risks(leads_risk, partners_risk, by=cast.manager, kind="RELATED")
    with pytest.raises(RuleBroken, match="already linked"):
        link_risks(leads_risk, partners_risk, by=cast.manager, kind="RELATED")


def test_no_risk_is_part_of_its_own_part(cast: Cast) -> None:
    top, middle, low = (make_risk(cast.programme, cast.mhclg, cast.manager) for _each in range(3))
    link_risks(low, middle, by=cast.manager, kind="CHILD_OF")
    link_risks(middle, top, by=cast.manager, kind="CHILD_OF")
    with pytest.raises(RuleBroken, match="part of the other"):
        link_risks(top, low, by=cast.manager, kind="CHILD_OF")


def test_a_link_is_seen_by_those_who_see_both_risks(cast: Cast, leads_risk: Risk, risk_elsewhere: Risk) -> None:
    link = make_risk_link(leads_risk, risk_elsewhere)
    assert list(RiskLink.objects.visible_to(cast.contributor)) == [link]
    for person in (cast.manager, cast.sro, cast.viewer, cast.outsider):
        assert not RiskLink.objects.visible_to(person).exists()
        assert not rules.can(person, Permission.VIEW, link)
    assert client_of(cast.manager).get(f"/history/risks.risklink/{link.pk}/").status_code == 404


def test_a_link_to_a_sensitive_risk_is_hidden_with_it(cast: Cast, leads_risk: Risk, sensitive_risk: Risk) -> None:
    link = make_risk_link(leads_risk, sensitive_risk, "CAUSES")
    assert rules.can(cast.manager, Permission.VIEW, link)
    assert not rules.can(cast.contributor, Permission.VIEW, link)
    assert not RiskLink.objects.visible_to(cast.contributor).exists()


def test_the_keeper_of_the_part_alone_agrees_to_share_it(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    link = link_risks(partners_risk, leads_risk, by=cast.manager, kind="CHILD_OF")
    assert not RiskLink.objects.shared_upwards().exists(), "the keeper of the whole does not share for the part"
    with pytest.raises(RuleBroken, match="Only somebody who acts for Department for Work and Pensions"):
        share_upwards(link, by=cast.manager)
    assert share_upwards(link, by=cast.contributor).shared_upwards_by == cast.contributor
    assert RiskLink.objects.shared_upwards().count() == 1
    with pytest.raises(RuleBroken, match="already shared"):
        share_upwards(link, by=cast.contributor)


def test_the_keeper_takes_the_agreement_back(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    link = share_upwards(make_risk_link(partners_risk, leads_risk, "CHILD_OF"), by=cast.contributor)
    with pytest.raises(RuleBroken, match="Only somebody who acts for"):
        keep_from_above(link, by=cast.manager, reason="We would rather not.")
    keep_from_above(link, by=cast.contributor, reason="Our minister has not agreed.")
    assert not RiskLink.objects.shared_upwards().exists()


def test_only_a_part_is_shared_and_not_a_sensitive_one(
    cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk
) -> None:
    with pytest.raises(RuleBroken, match="Only a risk that is part"):
        share_upwards(make_risk_link(partners_risk, leads_risk), by=cast.contributor)
    with pytest.raises(RuleBroken, match="OFFICIAL-SENSITIVE"):
        share_upwards(make_risk_link(sensitive_risk, leads_risk, "CHILD_OF"), by=cast.manager)


def test_ending_a_link_ends_what_was_shared(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    link = share_upwards(make_risk_link(partners_risk, leads_risk, "CHILD_OF"), by=cast.contributor)
    ended = unlink_risks(link, by=cast.manager, reason="It stands alone.")
    assert (ended.is_shared_upwards, RiskLink.objects.current().count()) == (False, 0)
    with pytest.raises(RuleBroken, match="already ended"):
        unlink_risks(link, by=cast.manager)
