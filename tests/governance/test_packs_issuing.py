import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction

from governance.actions import boards, packs
from governance.actions.packs import issue_pack
from governance.models import Board, Pack, PackRecipient
from tests.cast import Cast
from tests.factories import make_person, make_risk, make_seat
from tests.governance.conftest import issued
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.jobs import queue
from xgov.jobs.models import Job, JobCancelled
from xgov.jobs.running import claim, do_here
from xgov.papers import checks
from xgov.papers.sections import Brief
from xgov.records import fixed
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.errors import HistoryBypassed, RuleBroken
from xgov.records.models import Event

SENSITIVE = "OFFICIAL_SENSITIVE"


# --- who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sro", "manager"])
def test_those_who_run_the_programme_may_issue_its_pack(cast: Cast, board: Board, who: str) -> None:
    assert issued(board, getattr(cast, who)).is_issued


def test_the_boards_secretary_may_issue_its_pack_and_reads_what_it_is_made_of(cast: Cast, board: Board) -> None:
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Beds run out")
    pack = issued(board, secretary)
    assert pack.is_issued
    assert "Beds run out" in pack.html


@pytest.mark.parametrize(
    "who", ["contributor", "viewer", "ao", "auditor", "administrator", "centre", "platform", "outsider"]
)
def test_nobody_else_may_issue_it(cast: Cast, board: Board, who: str) -> None:
    with pytest.raises(PermissionDenied):
        issue_pack(board, by=getattr(cast, who))
    assert not Pack.objects.exists()
    assert not Job.objects.exists()


def test_who_may_no_longer_issue_when_the_worker_comes_to_it_does_not(cast: Cast, board: Board) -> None:
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    seat = make_seat(board, secretary, "secretary", since=today() - dt.timedelta(days=9))
    pack = issue_pack(board, by=secretary)
    boards.end_seat(seat, by=cast.sro, reason="Moved on")
    do_here(pack.newest_job)
    pack.refresh_from_db()
    assert pack.state == Pack.State.FAILED
    assert "permission" in pack.failure


# --- what -------------------------------------------------------------------------------------


def test_the_sro_gets_an_accessible_pdf_of_what_the_registers_said(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Beds run out")
    pack = issued(board, cast.sro, meeting_on=today() + dt.timedelta(days=7))
    data = pack.pdf.open().read()
    assert checks.faults(data) == []
    assert len(data) == pack.pdf_bytes
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == pack.pages >= 3
        assert str(pdf.docinfo["/Author"]) == cast.sro.name
        (cover,) = pdf.open_outline().root
        assert [entry.title for entry in cover.children] == ["Contents", "1 SRO summary", "2 Risks"]
    assert pack.reference == "RS-001/SRPB/1"
    assert "1 open risks: Beds run out" in pack.html
    assert pack.issued_by == cast.sro
    assert pack.as_at == pack.issued_at <= now()
    event = Event.objects.get(kind="pack_issued")
    assert event.person_name == cast.sro.name
    assert event.details["pdf_sha256"] == pack.pdf_sha256


def test_what_is_issued_is_what_was_said_at_that_moment_and_stays_so(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    before = (pack.html, pack.pdf_sha256, pack.bodies)
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Too late for the pack")
    pack.refresh_from_db()
    assert (pack.html, pack.pdf_sha256, pack.bodies) == before
    assert "Too late" not in pack.html


def test_the_next_pack_tells_of_the_time_since_the_last(cast: Cast, board: Board) -> None:
    first, second = issued(board, cast.sro), issued(board, cast.manager)
    assert (first.number, second.number) == (1, 2)
    assert first.since is None
    assert second.since == first.as_at


def test_a_second_pack_for_one_meeting_is_its_second_version_and_says_what_it_replaces(
    cast: Cast, board: Board
) -> None:
    day = today() + dt.timedelta(days=9)
    issued(board, cast.sro, meeting_on=day)
    second = issued(board, cast.sro, meeting_on=day)
    assert second.version == 2
    assert "replaces pack 1" in second.html


def test_the_override_of_the_sro_stands_on_the_next_pack_and_on_no_other(cast: Cast, board: Board) -> None:
    with acting(cast.sro):
        cast.programme.readiness_override = "Winter will not wait."
        cast.programme.readiness_override_on = today()
        cast.programme.readiness_override_by = cast.sro
        cast.programme.save()
    first = issued(board, cast.sro)
    assert "Winter will not wait." in first.html


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "in the past"), (400, "more than a year away")], ids=["past", "wrong year"]
)
def test_an_impossible_meeting_is_refused_with_a_reason(cast: Cast, board: Board, days: int, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refusal:
        issue_pack(board, by=cast.sro, meeting_on=today() + dt.timedelta(days=days))
    assert refusal.value.field == "meeting_on"
    assert not Pack.objects.exists()


def test_a_running_order_with_a_section_that_is_no_longer_offered_is_named(
    cast: Cast, board: Board, shelf: dict
) -> None:
    del shelf["risks.above_appetite"]
    with pytest.raises(RuleBroken, match=r"no board section “risks\.above_appetite”"):
        issue_pack(board, by=cast.sro)


def test_a_closed_board_issues_nothing(cast: Cast, board: Board) -> None:
    boards.close_board(board, by=cast.sro, reason="Its work is done")
    with pytest.raises(RuleBroken, match="closed"):
        issue_pack(board, by=cast.sro)


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


# --- for ever ---------------------------------------------------------------------------------


def test_an_issued_pack_is_never_changed(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    for name, value in [("html", "x"), ("marking", SENSITIVE), ("pdf_sha256", "0" * 64), ("state", "QUEUED")]:
        with acting(cast.sro):
            changed = Pack.objects.get(pk=pack.pk)
            setattr(changed, name, value)
            with pytest.raises(HistoryBypassed):
                changed.save()
            with pytest.raises(HistoryBypassed):
                Pack.objects.save_many([changed], [name])
    with pytest.raises(HistoryBypassed):
        pack.delete()


def test_nobody_is_added_to_the_recipients_of_an_issued_pack(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    with acting(cast.sro), pytest.raises(HistoryBypassed):
        PackRecipient.objects.create(
            pack=pack, board=board, programme=cast.programme, person=cast.outsider, name="Oscar", capacity="Guest"
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE governance_pack SET html = 'x'", "DELETE FROM governance_pack",
     "UPDATE governance_packrecipient SET name = 'x'", "DELETE FROM governance_packrecipient"],
)  # fmt: skip
def test_not_even_in_the_database(cast: Cast, board: Board, statement: str) -> None:
    issued(board, cast.sro)
    fixed.protect([Pack, PackRecipient])
    with pytest.raises(Error, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- who sees it ------------------------------------------------------------------------------


def test_whoever_received_a_pack_never_loses_sight_of_it(cast: Cast, board: Board) -> None:
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    seat = make_seat(board, member, since=today() - dt.timedelta(days=9))
    pack = issued(board, cast.sro)
    assert {row.person for row in pack.recipients.all()} == {cast.sro, cast.ao, member}
    boards.end_seat(seat, by=cast.sro, reason="Moved on")
    later = issued(board, cast.sro)
    assert not rules.can(member, Permission.VIEW, board)
    assert list(Pack.objects.visible_to(member)) == [pack]
    assert rules.permissions_on(member, pack) == {Permission.VIEW}
    assert not rules.can(member, Permission.VIEW, later)


def test_people_of_the_programme_and_the_centre_read_its_packs_and_an_outsider_does_not(
    cast: Cast, board: Board
) -> None:
    pack = issued(board, cast.sro)
    for who in ("viewer", "contributor", "manager", "sro", "ao", "auditor", "centre"):
        assert rules.can(getattr(cast, who), Permission.VIEW, pack), who
    for who in ("outsider", "platform", "administrator"):
        assert not rules.can(getattr(cast, who), Permission.VIEW, pack), who


def test_a_pack_that_tells_of_a_sensitive_record_is_marked_and_hidden_from_those_who_may_not_see_it(
    cast: Cast, board: Board
) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    make_seat(board, member)
    pack = issued(board, cast.sro)
    assert "Secret worry" in pack.html
    assert pack.marking == SENSITIVE
    assert pack.handling == "Named recipients only"
    assert "OFFICIAL-SENSITIVE" in pack.html
    for who in ("sro", "manager", "ao", "auditor"):
        assert rules.can(getattr(cast, who), Permission.VIEW, pack), who
    for who in ("viewer", "contributor", "centre", "outsider"):
        assert not rules.can(getattr(cast, who), Permission.VIEW, pack), who
    assert rules.can(member, Permission.VIEW, pack)


def test_a_pack_that_leaves_sensitive_records_out_is_not_marked_and_says_so(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    pack = issued(board, cast.sro, with_sensitive=False)
    assert "Secret worry" not in pack.html
    assert "left out of this pack" in pack.html
    assert pack.marking == "OFFICIAL"
    assert rules.can(cast.viewer, Permission.VIEW, pack)


def test_a_sensitive_record_that_the_pack_does_not_tell_of_does_not_mark_it(
    cast: Cast, board: Board, shelf: dict
) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    boards.set_running_order(board, ["programmes.summary"], by=cast.sro)
    assert issued(board, cast.sro).marking == "OFFICIAL"


def test_a_count_that_includes_a_sensitive_record_does_not_mark_the_pack_but_an_amount_does(
    cast: Cast, board: Board, shelf: dict
) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, marking=SENSITIVE)
    make_risk(cast.programme, cast.dwp, cast.contributor)
    make_risk(cast.programme, cast.dwp, cast.contributor)

    def telling(words: str):
        def write(brief: Brief) -> dict:
            seen = len(type(risk).objects.visible_to(brief.reader))
            return {"summary": words % seen, "rows": []}

        return replace(shelf["risks.above_appetite"], write=write)

    for words, marking in [("%s open risks.", "OFFICIAL"), ("They would cost £%sm.", SENSITIVE)]:
        shelf["risks.above_appetite"] = telling(words)
        assert issued(board, cast.sro).marking == marking


def test_who_may_not_see_sensitive_records_issues_a_pack_without_them(cast: Cast, board: Board) -> None:
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    pack = issued(board, secretary)
    assert pack.marking == "OFFICIAL"
    assert "Secret worry" not in pack.html
