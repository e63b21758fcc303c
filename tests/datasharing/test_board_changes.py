"""What a board is told of the data since its last pack."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from datasharing import actions, board_sections
from programmes.changes import changes_since
from tests.cast import Cast
from tests.factories.datasharing import make_dataset, make_quality_check
from xgov.accounts.models import User
from xgov.papers.sections import Brief
from xgov.records.clock import now, today


def told(cast: Cast, reader: User | None = None, since: datetime | None = None) -> list[str]:
    brief = Brief([cast.programme], None, since or now() - timedelta(days=30), now(), reader or cast.sro)
    return [each for each in changes_since(cast.programme, [], brief) if "late" in each]


def row_of(cast: Cast, reader: User | None = None, **brief: Any) -> str:
    since = now() - timedelta(days=30)
    whole = Brief([cast.programme], None, since, now(), reader or cast.sro, **brief)
    (row,) = board_sections.refreshes(whole)["rows"]
    return row["words"]


def test_a_refresh_that_became_late_since_the_last_pack_is_told_and_one_late_before_is_not(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=40)):
        make_dataset(cast.programme, cast.dwp, name="Overdue for long", first_due_on=today() - timedelta(days=20))
        make_dataset(cast.programme, cast.dwp, name="In time", first_due_on=today() + timedelta(days=46))
        make_dataset(cast.programme, cast.dwp, name="Prison leavers", first_due_on=today() + timedelta(days=31))
    (sentence,) = told(cast)
    assert "Prison leavers became late: it was due on" in sentence


def test_a_dataset_added_since_the_last_pack_that_is_late_from_before_it_is_told(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, name="Prison leavers")
    actions.record_refresh(dataset, today() - timedelta(days=180), by=cast.contributor)
    (sentence,) = told(cast)
    assert "Prison leavers became late: it was due on" in sentence
    assert told(cast, since=now()) == []


def test_a_dataset_that_is_late_since_its_newest_refresh_was_struck_out_is_told(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=40)):
        dataset = make_dataset(cast.programme, cast.dwp, first_due_on=today() - timedelta(days=60))
        refresh = actions.record_refresh(dataset, today() - timedelta(days=5), by=cast.contributor)
    with time_machine.travel(now() - timedelta(days=20)):
        actions.strike_out_refresh(refresh, by=cast.contributor, reason="It was another dataset.")
    assert len(told(cast)) == 1


def test_a_dataset_that_was_late_came_and_is_late_again_is_told(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=40)):
        dataset = make_dataset(
            cast.programme, cast.dwp, refresh_cycle="WEEKLY", first_due_on=today() - timedelta(days=60)
        )
    actions.record_refresh(dataset, today() - timedelta(days=15), by=cast.contributor)
    assert len(told(cast)) == 1


def test_who_may_not_see_a_sensitive_dataset_is_not_told_of_it(cast: Cast) -> None:
    due = today() - timedelta(days=9)
    make_dataset(cast.programme, cast.dwp, first_due_on=due, marking="OFFICIAL_SENSITIVE")
    assert len(told(cast)) == 1
    assert told(cast, cast.viewer) == []


@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_a_refresh_that_came_late_since_the_last_pack_is_told_with_its_day(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=today() - timedelta(days=70))
    actions.record_refresh(dataset, today() - timedelta(days=5), by=cast.contributor)
    assert "Came 65 days late on 17 November 2026." in row_of(cast)


@time_machine.travel("2026-11-22 12:00:00+00:00")
def test_a_refresh_recorded_before_the_last_pack_or_within_its_days_of_grace_is_not_told(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=today() - timedelta(days=70), grace_days=3)
    with time_machine.travel("2026-10-01 12:00:00+00:00"):
        actions.record_refresh(dataset, today(), by=cast.contributor)
    dataset.refresh_from_db()
    actions.record_refresh(dataset, dataset.next_due_on + timedelta(days=3), by=cast.contributor)
    assert "days late on" not in row_of(cast)


def test_a_board_reads_which_quality_is_below_its_target_by_the_newest_check(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    earlier = today() - timedelta(days=40)
    make_quality_check(dataset, measured_percent="80.5")
    make_quality_check(dataset, dimension="VALIDITY", measured_percent=50, checked_on=earlier)
    make_quality_check(dataset, dimension="VALIDITY", measured_percent=99)
    words = row_of(cast)
    assert "Completeness is 80.5%, below its target of 95%." in words
    assert "Validity" not in words
