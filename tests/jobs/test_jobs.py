"""Long work is told of truthfully: claimed once, heard of while it runs, never running for ever."""

import pytest
import time_machine
from django.db import transaction

from tests.at_once import together
from tests.cast import Cast
from tests.jobs.conftest import KIND, LATER, ask, fresh, messages_about
from xgov.jobs import queue, running, tending
from xgov.jobs.models import Job, JobCancelled
from xgov.jobs.running import claim, do_here
from xgov.records.clock import now
from xgov.records.errors import RuleBroken

# --- asking -----------------------------------------------------------------------------------


def test_the_message_leaves_only_once_the_job_is_there_to_be_found(
    cast: Cast, sandwich: list[str], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        job = ask(cast)
        assert messages_about(job) == 0
    assert messages_about(job) == 1


def test_asking_twice_gives_the_same_job_until_it_has_ended(cast: Cast, sandwich: list[str]) -> None:
    first = ask(cast, key="lunch")
    assert ask(cast, key="lunch") == first
    do_here(first)
    assert ask(cast, key="lunch") != first
    assert ask(cast) != ask(cast)


def test_trying_again_twice_gives_one_new_job(cast: Cast, sandwich: list[str]) -> None:
    for key in ("lunch", ""):
        failed = queue.cancel(ask(cast, key=key))
        assert queue.ask_again(failed) == queue.ask_again(failed)


def test_work_that_is_open_or_finished_is_not_asked_for_again(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    with pytest.raises(RuleBroken, match="waiting to start"):
        queue.ask_again(job)
    do_here(job)
    with pytest.raises(RuleBroken, match="finished"):
        queue.ask_again(fresh(job))


# --- doing ------------------------------------------------------------------------------------


def test_a_job_delivered_twice_is_done_once(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    assert do_here(job)
    assert not do_here(job)
    assert sandwich == ["made"]
    job = fresh(job)
    assert (job.state, job.percent, job.result_url, job.attempts) == (Job.State.FINISHED, 100, "/sandwich/", 1)


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_reach_for_a_job_at_once_one_gets_it(sandwich: list[str]) -> None:
    job = queue.ask(KIND, None, title="A sandwich")
    got: list[bool] = []
    assert together(*[lambda: got.append(claim(job.pk) is not None)] * 4) == []
    assert sorted(got) == [False, False, False, True]


@pytest.mark.parametrize(
    ("order", "reason"),
    [("refuse", "There is no bread."), ("not allowed", "Not your kitchen."), ("explode", "Something went wrong")],
)
def test_what_goes_wrong_is_told_in_words_and_the_subject_hears_of_it(
    cast: Cast, sandwich: list[str], order: str, reason: str
) -> None:
    sandwich.append(order)
    job = ask(cast)
    do_here(job)
    job = fresh(job)
    assert job.state == Job.State.FAILED
    assert reason in job.failure
    assert "internal words" not in job.failure
    assert sandwich[-1] == "told: FAILED"


def test_a_subject_that_cannot_be_told_does_not_keep_the_job_open(
    cast: Cast, sandwich: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(running.when_failed, KIND, lambda job: 1 / 0)
    sandwich.append("refuse")
    job = ask(cast)
    do_here(job)
    assert fresh(job).state == Job.State.FAILED


# --- calling off ------------------------------------------------------------------------------


def test_work_that_has_not_begun_is_called_off_and_never_begins(cast: Cast, sandwich: list[str]) -> None:
    job = queue.cancel(ask(cast))
    assert not do_here(job)
    assert fresh(job).state == Job.State.CANCELLED
    assert sandwich == ["told: CANCELLED"]
    with pytest.raises(RuleBroken, match="already ended"):
        queue.cancel(job)


def test_work_that_has_begun_stops_at_its_next_step(cast: Cast, sandwich: list[str]) -> None:
    sandwich.append("cancel me")
    job = ask(cast)
    do_here(job)
    assert fresh(job).state == Job.State.CANCELLED
    assert sandwich == ["cancel me", "made", "told: CANCELLED"]


def test_a_result_that_nobody_wants_any_more_is_not_kept(cast: Cast, sandwich: list[str]) -> None:
    job = claim(ask(cast).pk)
    queue.cancel(fresh(job))
    with pytest.raises(JobCancelled), transaction.atomic():
        job.finish("/sandwich/")
    assert fresh(job).state == Job.State.CANCELLED


# --- workers that die -------------------------------------------------------------------------


def test_work_whose_worker_died_is_taken_up_once_more_and_then_failed_with_a_reason(
    cast: Cast, sandwich: list[str]
) -> None:
    job = ask(cast)
    moment = now()
    with time_machine.travel(moment, tick=False) as clock:
        dead = claim(job.pk)
        assert tending.tend() == 0
        clock.shift(LATER)
        assert tending.tend() == 1
        assert fresh(job).state == Job.State.QUEUED
        with pytest.raises(JobCancelled):
            dead.progress(99)  # it only seemed dead: it no longer has a say
        assert claim(job.pk).attempts == 2
        clock.shift(LATER)
        assert tending.tend() == 1
    job = fresh(job)
    assert job.state == Job.State.FAILED
    assert "The worker stopped" in job.failure
    assert sandwich == ["told: FAILED"]


def test_a_worker_thought_dead_cannot_end_what_another_has_taken_up(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    slow = claim(job.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    quick = claim(job.pk)
    running.fail(slow, "Too slow")
    assert not running.end(slow, state=Job.State.FINISHED)
    assert fresh(job).state == Job.State.RUNNING
    assert running.end(quick, state=Job.State.FINISHED)


def test_a_lost_message_is_sent_again(cast: Cast, sandwich: list[str], django_capture_on_commit_callbacks) -> None:
    moment = now()
    with time_machine.travel(moment, tick=False) as clock:
        job = ask(cast)
        assert tending.tend() == 0
        clock.shift(LATER)
        with django_capture_on_commit_callbacks(execute=True):
            assert tending.tend() == 1
            assert tending.tend() == 0
    assert messages_about(job) == 1
    assert do_here(job)


def test_a_running_job_that_is_heard_of_is_left_alone(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    with time_machine.travel(now(), tick=False) as clock:
        claimed = claim(job.pk)
        clock.shift(LATER)
        claimed.progress(40, "Still at it")
        assert tending.tend() == 0
    assert fresh(job).percent == 40
