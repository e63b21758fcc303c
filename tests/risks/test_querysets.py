"""The named reads of the register."""

from datetime import timedelta

from risks.actions import close_risk
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_mitigation, make_risk
from xgov.records.clock import today


def test_the_highest_risk_is_read_first_and_what_is_not_scored_last(cast: Cast) -> None:
    first, second = (make_risk(cast.programme, cast.dwp, cast.contributor, residual=pair) for pair in [(5, 5), (1, 1)])
    unscored = make_risk(
        cast.programme, cast.dwp, cast.contributor, residual=(None, None), inherent=(None, None), status="DRAFT"
    )
    assert list(Risk.objects.highest_first()) == [first, second, unscored]


def test_a_review_is_overdue_from_the_day_after_it_was_due(cast: Cast) -> None:
    due = {days: make_risk(cast.programme, cast.dwp, cast.contributor, review_due=today() + timedelta(days=days))
           for days in (-1, 0, 1)}  # fmt: skip
    make_risk(cast.programme, cast.dwp, cast.contributor, review_due=today() - timedelta(days=1), status="CLOSED")
    assert list(Risk.objects.overdue_review()) == [due[-1]]
    assert [due[days].is_overdue for days in (-1, 0, 1)] == [True, False, False]


def test_a_band_holds_its_own_scores(cast: Cast) -> None:
    risks = [make_risk(cast.programme, cast.dwp, cast.contributor, residual=(n, n)) for n in (1, 2, 3, 4, 5)]
    assert [Risk.objects.in_bands([key]).count() for key in ("LOW", "MEDIUM", "HIGH", "VERY_HIGH")] == [1, 2, 0, 2]
    assert set(Risk.objects.in_bands(["LOW", "MEDIUM"])) == {risks[0], risks[1], risks[2]}
    assert Risk.objects.in_bands([]).count() == 5


def test_a_risk_is_found_by_its_late_mitigation_until_it_ends(
    cast: Cast, leads_risk: Risk, partners_risk: Risk
) -> None:
    make_mitigation(partners_risk, due=today() - timedelta(days=1))
    make_mitigation(leads_risk, due=today())
    assert list(Risk.objects.with_late_mitigations()) == [partners_risk]
    close_risk(partners_risk, by=cast.manager, reason="Over")
    assert not Risk.objects.with_late_mitigations().exists()


def test_what_is_kept_by_a_department_and_what_is_open(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, status="CLOSED")
    assert list(Risk.objects.kept_by(cast.dwp).open()) == [partners_risk]


def test_a_page_of_risks_asks_once_for_what_each_row_says(cast: Cast, django_assert_num_queries) -> None:
    for _ in range(6):
        make_mitigation(make_risk(cast.programme, cast.dwp, cast.contributor))
    with django_assert_num_queries(2):
        for risk in Risk.objects.with_page_relations().with_planned_mitigations():
            _ = (risk.programme.reference, risk.kept_by.short_name, risk.owner.name, risk.planned_mitigations[0].owner)
