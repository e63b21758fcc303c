import datetime as dt
import io
import re

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import boards
from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from tests.cast import Cast
from tests.factories import make_party, make_person, make_risk, make_seat
from tests.governance.conftest import issued
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.papers import checks
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.errors import RuleBroken
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
        assert [entry.title for entry in cover.children] == [
            "Contents",
            "1 SRO summary",
            "2 Risks",
            "To whom it is issued",
        ]
    assert pack.reference == "RS-001/SRPB/1"
    assert "1 open risks: Beds run out" in pack.html
    assert pack.issued_by == cast.sro
    assert pack.as_at == pack.issued_at <= now()
    event = Event.objects.get(kind="pack_issued")
    assert event.person_name == cast.sro.name
    assert event.details["pdf_sha256"] == pack.pdf_sha256


def test_a_reader_of_the_paper_sees_to_whom_it_went_and_the_departments_in_one_order(cast: Cast, board: Board) -> None:
    make_seat(board, cast.contributor, "board_member")
    pack = issued(board, cast.sro)
    named = [[each.name, each.capacity] for each in pack.recipients.all()]
    assert pack.head["recipients"] == named
    for name, capacity in named:
        assert f'<th scope="row">{name}</th><td>{capacity}</td>' in pack.html


def test_the_cover_names_each_department_by_its_part(cast: Cast, board: Board) -> None:
    make_party(cast.programme, cast.dft, role="SUPPORT")
    make_party(cast.programme, cast.nao, role="OBSERVER", status="INVITED")
    html = issued(board, cast.sro).html
    partners = ", ".join(each.name for each in (cast.dwp, cast.dhsc, cast.home_office, cast.moj))
    for part, names in (
        ("Lead department", cast.mhclg.name),
        ("Partner departments", partners),
        ("Supporting departments", cast.dft.name),
    ):
        assert re.search(rf'<th scope="row">{part}</th>\s*<td>{names}</td>', html)
    assert "Observers" not in html


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
