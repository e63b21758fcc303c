"""Who sees which risks."""

import pytest

from risks.models import Mitigation, Risk
from tests.cast import Cast
from tests.factories import make_mitigation, make_party, make_programme, make_risk
from xgov.access import rules


@pytest.mark.parametrize(
    ("who", "plain", "sensitive"),
    [
        ("manager", True, True), ("sro", True, True), ("ao", True, True), ("auditor", True, True),
        ("contributor", True, False), ("viewer", True, False), ("centre", True, False),
        ("administrator", False, False), ("platform", False, False), ("outsider", False, False),
    ],
)  # fmt: skip
def test_a_sensitive_risk_is_seen_only_by_those_with_the_further_permission(
    cast: Cast, leads_risk: Risk, sensitive_risk: Risk, who: str, plain: bool, sensitive: bool
) -> None:
    person = getattr(cast, who)
    seen = set(Risk.objects.visible_to(person))
    assert (leads_risk in seen, sensitive_risk in seen) == (plain, sensitive)
    assert bool(rules.permissions_on(person, sensitive_risk)) is sensitive
    assert Risk.objects.visible_to(person).count() == plain + sensitive


def test_a_mitigation_is_as_sensitive_as_its_risk(cast: Cast, leads_risk: Risk, sensitive_risk: Risk) -> None:
    plain, hidden = make_mitigation(leads_risk), make_mitigation(sensitive_risk)
    assert list(Mitigation.objects.visible_to(cast.viewer)) == [plain]
    assert set(Mitigation.objects.visible_to(cast.sro)) == {plain, hidden}
    assert not rules.permissions_on(cast.centre, hidden)


def test_a_department_sees_the_risks_of_the_programmes_it_has_joined_and_no_others(cast: Cast) -> None:
    joined, other = make_programme(cast.dft), make_programme(cast.moj)
    make_party(other, cast.dft, status="INVITED")
    seen = make_risk(joined, cast.dft, cast.outsider)
    make_risk(other, cast.moj, cast.viewer)
    assert list(Risk.objects.visible_to(cast.outsider)) == [seen]
