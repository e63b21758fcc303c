"""Who may change a record, and who keeps sight of it when their department leaves."""

from datetime import date

from risks.models import Risk
from tests.cast import Cast
from tests.factories.datasharing import make_dataset, make_quality_check
from xgov.access import rules
from xgov.access.permissions import Permission

LEAVING_DAY = date(2026, 11, 22)
NOON = f"{LEAVING_DAY}T12:00:00Z"


def test_a_record_that_nobody_keeps_yet_is_changed_by_those_who_run_the_programme_alone(cast: Cast) -> None:
    unsaved = Risk(programme=cast.programme)
    assert not rules.can(cast.contributor, Permission.CONTRIBUTE, unsaved)
    assert rules.can(cast.manager, Permission.CONTRIBUTE, unsaved)


def test_nobody_contributes_for_a_department_other_than_their_own(cast: Cast) -> None:
    for department in (cast.mhclg, cast.moj, cast.dft):
        assert not rules.can(
            cast.contributor, Permission.CONTRIBUTE, Risk(programme=cast.programme, kept_by=department)
        )
    assert rules.acting_for(cast.contributor, Permission.CONTRIBUTE, cast.programme) == {cast.dwp.pk}


def test_somebody_who_may_not_sign_in_acts_for_no_department(cast: Cast) -> None:
    cast.contributor.is_active = False
    assert rules.acting_for(cast.contributor, Permission.CONTRIBUTE, cast.programme) == frozenset()


def test_the_keeper_of_a_part_is_found_through_the_whole(cast: Cast) -> None:
    check = make_quality_check(make_dataset(cast.programme, cast.dwp))
    assert rules.can(cast.contributor, Permission.CONTRIBUTE, check)
    other = make_quality_check(make_dataset(cast.programme, cast.moj))
    assert not rules.can(cast.contributor, Permission.CONTRIBUTE, other)
