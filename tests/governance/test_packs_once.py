import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from governance.actions import boards, packs
from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from tests.cast import Cast, client_of
from tests.factories import make_person, make_risk, make_seat
from tests.governance.conftest import issued
from xgov.jobs import queue
from xgov.jobs.models import Job, JobCancelled
from xgov.jobs.running import claim, do_here
from xgov.papers.sections import Brief
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
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
    with pytest.raises(RuleBroken, match="Pack 1 has been issued since, for Sara Answerable"):
        queue.ask_again(first)
    assert Pack.objects.get().pdf_sha256 == pack.pdf_sha256


# --- by whom, and with which answers ----------------------------------------------------------


def test_who_tries_again_gets_what_they_asked_for_and_not_what_another_asked_for(cast: Cast, board: Board) -> None:
    mine = queue.cancel(issue_pack(board, by=cast.sro, handling="A").newest_job)
    queue.cancel(issue_pack(board, by=cast.manager, handling="B", with_sensitive=False).newest_job)
    do_here(queue.ask_again(mine))
    pack = Pack.objects.get()
    assert (pack.issued_by, pack.asked_by, pack.handling, pack.with_sensitive) == (cast.sro, cast.sro, "A", True)


def test_who_tries_again_while_another_is_at_it_is_told_so_and_stays_on_their_page(cast: Cast, board: Board) -> None:
    mine = queue.cancel(issue_pack(board, by=cast.sro, handling="A").newest_job)
    again = reverse("jobs:try-again", args=[mine.pk])
    for handling, words in (("B", "with other answers than yours"), ("A", "has asked for the same")):
        theirs = issue_pack(board, by=cast.manager, handling=handling).newest_job
        answer = client_of(cast.sro).post(again, follow=True)
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert answer.redirect_chain[-1][0] == mine.get_absolute_url()
        queue.cancel(theirs)


def test_who_may_no_longer_issue_packs_is_told_so_when_they_try_again(cast: Cast, board: Board) -> None:
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    seat = make_seat(board, secretary, "secretary", since=today() - dt.timedelta(days=9))
    mine = queue.cancel(issue_pack(board, by=secretary).newest_job)
    boards.end_seat(seat, by=cast.sro, reason="Moved on")
    answer = client_of(secretary).post(reverse("jobs:try-again", args=[mine.pk]), follow=True)
    assert answer.status_code == 200
    assert not Job.objects.exclude(pk=mine.pk).exists()


def test_other_answers_while_a_pack_is_made_are_refused_and_kept(cast: Cast, board: Board) -> None:
    issue_pack(board, by=cast.sro, handling="A")
    with pytest.raises(RuleBroken, match="being made for Sara Answerable with other answers"):
        issue_pack(board, by=cast.sro, handling="B")
    page = client_of(cast.manager).post(f"{board.get_absolute_url()}packs/issue/", {"what": "all", "handling": "Mine"})
    assert "with other answers than yours" in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    assert Job.objects.count() == 1
