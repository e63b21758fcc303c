"""When a refresh is due, when it is late, and what recording one does."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from datasharing import actions
from datasharing.models import Dataset, Refresh
from tests.cast import Cast, client_of
from tests.factories.datasharing import make_dataset
from xgov.records.errors import RuleBroken

NOON = "2026-11-22 12:00:00+00:00"


@pytest.mark.parametrize(
    ("cycle", "next_due"),
    [
        ("REAL_TIME", date(2026, 11, 21)), ("DAILY", date(2026, 11, 21)), ("WEEKLY", date(2026, 11, 27)),
        ("FORTNIGHTLY", date(2026, 12, 4)), ("MONTHLY", date(2026, 12, 20)), ("QUARTERLY", date(2027, 2, 20)),
        ("TERMLY", date(2027, 3, 20)), ("ANNUAL", date(2027, 11, 20)), ("AD_HOC", None), ("ONE_OFF", None),
    ],
)  # fmt: skip
def test_the_next_refresh_is_due_one_cycle_after_the_last(cast: Cast, cycle: str, next_due: date | None) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, refresh_cycle=cycle, last_received_on=date(2026, 11, 20))
    assert dataset.next_due_on == next_due


def test_before_anything_was_received_the_first_refresh_is_due_on_the_day_that_was_set(cast: Cast) -> None:
    first = date(2026, 12, 1)
    assert make_dataset(cast.programme, cast.dwp, refresh_cycle="ONE_OFF", first_due_on=first).next_due_on == first
    assert make_dataset(cast.programme, cast.dwp, refresh_cycle="AD_HOC", first_due_on=first).next_due_on is None


def test_a_dataset_is_late_once_its_days_of_grace_are_over(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2026, 11, 20), grace_days=2)
    with time_machine.travel("2026-11-22 23:30:00+00:00", tick=False):
        assert not dataset.is_late
        assert not Dataset.objects.late().exists()
        assert Dataset.objects.due_before(date(2026, 11, 22)).get() == dataset
    with time_machine.travel("2026-11-23 00:30:00+00:00", tick=False):
        assert dataset.is_late
        assert dataset.days_late == 3
        assert Dataset.objects.late().get() == dataset


def test_late_is_reckoned_by_the_day_in_london(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2026, 7, 1))
    with time_machine.travel("2026-07-01 23:30:00+00:00", tick=False):  # past midnight in British Summer Time
        assert dataset.is_late


@time_machine.travel(NOON, tick=False)
def test_recording_a_refresh_takes_the_late_flag_away(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2026, 11, 1))
    assert dataset.is_late
    refresh = actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    dataset.refresh_from_db()
    assert (dataset.last_received_on, dataset.next_due_on) == (date(2026, 11, 20), date(2026, 12, 20))
    assert not dataset.is_late
    assert (refresh.due_on, refresh.days_late, refresh.recorded_by) == (date(2026, 11, 1), 19, cast.contributor)
    newest = dataset.history.first()
    assert (newest.history_user, newest.history_change_reason) == (cast.contributor, "A refresh was recorded")


@time_machine.travel(NOON, tick=False)
def test_an_older_refresh_recorded_afterwards_does_not_move_the_next_one(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    actions.record_refresh(dataset, date(2026, 10, 20), by=cast.contributor)
    dataset.refresh_from_db()
    assert dataset.next_due_on == date(2026, 12, 20)


@time_machine.travel(NOON, tick=False)
def test_a_refresh_is_no_longer_late_once_an_earlier_one_is_recorded_and_late_again_without_it(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2026, 11, 1))
    later = actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    earlier = actions.record_refresh(dataset, date(2026, 11, 1), by=cast.contributor)
    client = client_of(cast.contributor)
    assert "days late" not in client.get(dataset.get_absolute_url()).content.decode()
    later.refresh_from_db()
    assert (earlier.due_on, later.due_on) == (date(2026, 11, 1), date(2026, 12, 1))
    actions.strike_out_refresh(earlier, by=cast.contributor, reason="It was another dataset.")
    assert "19 days late" in client.get(dataset.get_absolute_url()).content.decode()


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("received_on", "words"),
    [(date(2026, 11, 23), "today or in the past"), (date(1926, 11, 1), "this century")],
)
def test_a_refresh_on_an_impossible_day_is_refused(cast: Cast, received_on: date, words: str) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    with pytest.raises(RuleBroken, match=words):
        actions.record_refresh(dataset, received_on, by=cast.contributor)
    assert not Refresh.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_the_same_refresh_pressed_twice_is_recorded_once(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    with pytest.raises(RuleBroken, match="already recorded"):
        actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    assert Refresh.objects.count() == 1


@time_machine.travel(NOON, tick=False)
def test_a_refresh_struck_out_stays_but_no_longer_counts(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2026, 11, 1))
    refresh = actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)
    actions.strike_out_refresh(refresh, by=cast.contributor, reason="It was another dataset.")
    dataset.refresh_from_db()
    assert (dataset.last_received_on, dataset.next_due_on, dataset.is_late) == (None, date(2026, 11, 1), True)
    assert dataset.refreshes.count() == 1
    with pytest.raises(RuleBroken, match="already been struck out"):
        actions.strike_out_refresh(refresh, by=cast.contributor, reason="Again.")
    # the day is free again
    assert actions.record_refresh(dataset, date(2026, 11, 20), by=cast.contributor)


def test_a_refresh_is_struck_out_only_for_a_reason(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    refresh = actions.record_refresh(dataset, date(2026, 1, 5), by=cast.contributor)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.strike_out_refresh(refresh, by=cast.contributor, reason="  ")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("manager", True), ("contributor", True), ("viewer", False), ("sro", True), ("ao", False),
        ("administrator", False), ("auditor", False), ("centre", False), ("platform", False), ("outsider", False),
    ],
)  # fmt: skip
def test_who_may_record_a_refresh_of_a_partners_dataset(cast: Cast, who: str, may: bool) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    person = getattr(cast, who)
    if may:
        assert actions.record_refresh(dataset, date(2026, 1, 5), by=person)
    else:
        with pytest.raises(PermissionDenied):
            actions.record_refresh(dataset, date(2026, 1, 5), by=person)


def test_a_partner_may_not_record_a_refresh_of_the_leads_dataset(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.record_refresh(make_dataset(cast.programme, cast.mhclg), date(2026, 1, 5), by=cast.contributor)


@time_machine.travel(NOON, tick=False)
def test_a_delivery_before_the_first_due_day_makes_nothing_late_before_that_day(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp, first_due_on=date(2027, 3, 1))
    actions.record_refresh(dataset, date(2026, 6, 1), by=cast.contributor)
    early = actions.record_refresh(dataset, date(2026, 9, 1), by=cast.contributor)
    page = client_of(cast.contributor).get(dataset.get_absolute_url()).content.decode()
    assert "1 March 2027" in page
    assert "This refresh is late" not in page
    assert early.days_late == 0
    with time_machine.travel("2027-02-20 12:00:00+00:00", tick=False):
        actions.record_refresh(dataset, date(2027, 2, 20), by=cast.contributor)
    dataset.refresh_from_db()
    assert dataset.next_due_on == date(2027, 3, 20)
