from dataclasses import replace

import pytest

from governance.actions import packs
from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from tests.cast import Cast
from tests.factories import make_risk
from tests.governance.conftest import issued
from xgov.jobs import queue
from xgov.jobs.models import Job, JobCancelled
from xgov.jobs.running import claim, do_here
from xgov.papers.sections import Brief
from xgov.records.models import Event

SENSITIVE = "OFFICIAL_SENSITIVE"


# --- once -------------------------------------------------------------------------------------


def test_a_double_click_gives_one_pack_and_one_job(cast: Cast, board: Board) -> None:
    first, second = issue_pack(board, by=cast.sro), issue_pack(board, by=cast.sro)
    assert first == second
    assert Job.objects.count() == Pack.objects.count() == 1
    assert issue_pack(board, by=cast.manager) == first


def test_a_job_delivered_twice_issues_once(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.sro)
    job = pack.newest_job
    assert do_here(job)
    assert not do_here(job)
    assert Event.objects.filter(kind="pack_issued").count() == 1


def test_a_cancelled_pack_leaves_nothing_half_and_its_number_is_used_again(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.sro)
    queue.cancel(pack.newest_job)
    pack.refresh_from_db()
    assert pack.state == Pack.State.FAILED
    assert "cancelled" in pack.failure
    again = issued(board, cast.sro)
    assert (again.number, again.is_issued, again.failure) == (1, True, "")


def test_a_pack_cancelled_while_it_is_printed_is_not_issued_and_keeps_no_file(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.sro)
    job = claim(pack.newest_job.pk)
    pack = packs.freeze_pack(pack, job, by=cast.sro)
    pdf = packs.printing.printed(pack.html)
    queue.cancel(Job.objects.get(pk=job.pk))
    with pytest.raises(JobCancelled):
        packs.hand_out_pack(pack, pdf, job, by=cast.sro)
    pack.refresh_from_db()
    assert pack.state == Pack.State.FAILED
    assert not pack.recipients.exists()
    kept = pack.pdf.storage.listdir("packs/sleeping-rough")[1]
    assert not [name for name in kept if job.reference in name]


def test_a_pack_cancelled_while_it_is_composed_stays_cancelled(cast: Cast, board: Board, shelf: dict) -> None:
    pack = issue_pack(board, by=cast.sro)

    def cancel_meanwhile(brief: Brief) -> dict:
        queue.cancel(pack.newest_job)
        return {}

    shelf["risks.above_appetite"] = replace(shelf["risks.above_appetite"], write=cancel_meanwhile)
    do_here(pack.newest_job)
    pack.refresh_from_db()
    assert (pack.state, pack.html) == (Pack.State.FAILED, "")
    assert "cancelled" in pack.failure


def test_a_worker_that_died_while_printing_prints_what_was_frozen_then(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.sro)
    frozen = packs.freeze_pack(pack, claim(pack.newest_job.pk), by=cast.sro)
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Too late for the pack")
    Job.objects.filter(pk=pack.newest_job.pk).update(state=Job.State.QUEUED)
    do_here(pack.newest_job)
    pack.refresh_from_db()
    assert pack.is_issued
    assert (pack.as_at, pack.html) == (frozen.as_at, frozen.html)


def test_a_pack_tried_again_after_it_failed_tells_of_now(cast: Cast, board: Board, shelf: dict) -> None:
    good = shelf["risks.above_appetite"]
    shelf["risks.above_appetite"] = replace(good, write=lambda brief: 1 / 0)
    pack = issued(board, cast.sro)
    assert pack.state == Pack.State.FAILED
    assert "“Risks” could not be composed" in pack.failure
    assert "division" not in pack.failure
    shelf["risks.above_appetite"] = good
    make_risk(cast.programme, cast.dwp, cast.contributor, title="New since it failed")
    do_here(queue.ask_again(pack.newest_job))
    pack.refresh_from_db()
    assert pack.is_issued
    assert "New since it failed" in pack.html


def test_a_job_asked_for_again_after_its_pack_was_issued_issues_nothing_more(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.manager)
    first = queue.cancel(pack.newest_job)
    pack = issued(board, cast.sro)
    again = queue.ask_again(first)
    do_here(again)
    again.refresh_from_db()
    assert (again.state, again.result_url) == (Job.State.FINISHED, pack.get_absolute_url())
    assert Pack.objects.get().pdf_sha256 == pack.pdf_sha256
