import datetime as dt
import hashlib
import html

import pytest
import time_machine

from governance.actions import boards as board_actions
from governance.actions.packs import issue_pack
from governance.attention import packs_that_were_not_issued
from governance.models import Board, Pack
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm, sent_along
from tests.factories import make_board, make_person, make_risk, make_seat
from tests.governance.conftest import issued
from xgov.jobs import queue
from xgov.jobs.models import Job, WorkerPresence
from xgov.records.clock import now, today
from xgov.records.models import Event

ISSUE = "/boards/sleeping-rough/packs/issue/"


def read(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer
    return text_of(answer)


def text_of(answer) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def test_who_receives_a_pack_is_read_again_if_somebody_got_a_seat_meanwhile(cast: Cast, board: Board) -> None:
    client = client_of(cast.sro)
    shown = client.post(ISSUE, {"what": "all", "handling": "Mine"})
    make_seat(board, cast.outsider, "board_member")
    again = confirm(client, ISSUE, shown)
    page = text_of(again)
    assert "Who receives the pack has changed." in page
    assert "3 people receive it" in page
    assert "Mine" in page
    assert not Pack.objects.exists()
    assert confirm(client, ISSUE, again).status_code == 302
    assert Pack.objects.get().handling == "Mine"


def test_going_back_from_the_check_keeps_what_was_answered(cast: Cast, board: Board) -> None:
    client = client_of(cast.sro)
    shown = client.post(ISSUE, {"what": "plain", "handling": "Members only"})
    form = text_of(client.post(ISSUE, sent_along(shown) | {"check-change": ""}))
    assert 'value="Members only"' in form
    assert "Check before you issue" not in form
    assert not Pack.objects.exists()


def test_the_sro_issues_a_pack_and_is_taken_to_its_progress(cast: Cast, board: Board) -> None:
    client = client_of(cast.sro)
    page = read(client, ISSUE)
    assert "2 people receive it" in page
    shown = client.post(ISSUE, {"what": "plain", "meeting_on": today().isoformat(), "handling": "Members only"})
    page = text_of(shown)
    assert "Check before you issue the pack" in page
    for words in ("2 people receive it", "Sara Answerable", "Everything but OFFICIAL-SENSITIVE", "Members only"):
        assert words in page
    assert not Pack.objects.exists()
    answer = confirm(client, ISSUE, shown)
    pack = Pack.objects.get()
    assert answer.url == pack.newest_job.get_absolute_url()
    assert pack.meeting_on == today()
    page = read(client, answer.url)
    assert "Pack 1 of Sleeping rough programme board" in page
    assert "No worker is running" in page


def test_a_double_click_on_issue_leads_to_the_same_progress(cast: Cast, board: Board) -> None:
    client = client_of(cast.sro)
    shown = client.post(ISSUE, {"what": "all"})
    answers = [confirm(client, ISSUE, shown).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert Job.objects.count() == 1


def test_a_meeting_in_the_past_is_said_beside_its_question_and_the_answers_are_kept(cast: Cast, board: Board) -> None:
    answer = client_of(cast.sro).post(
        "/boards/sleeping-rough/packs/issue/",
        {
            "what": "plain",
            "meeting_on_day": "1",
            "meeting_on_month": "2",
            "meeting_on_year": "2020",
            "handling": "Mine",
        },
    )
    page = answer.content.decode()
    assert "The meeting is in the past" in page
    assert 'value="2020"' in page
    assert 'value="Mine"' in page
    assert not Pack.objects.exists()


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre"])
def test_who_may_read_but_not_issue_is_told_so(cast: Cast, board: Board, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert "Issue pack" not in read(client, "/boards/sleeping-rough/")
    assert client.get("/boards/sleeping-rough/packs/issue/").status_code == 403
    assert client.post("/boards/sleeping-rough/packs/issue/", {"what": "all"}).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "platform", "administrator"])
def test_for_an_outsider_there_is_no_board_no_pack_and_no_file(cast: Cast, board: Board, who: str) -> None:
    issued(board, cast.sro)
    client = client_of(getattr(cast, who))
    for address in ["", "packs/issue/", "packs/1/", "packs/1/pdf/", "running-order/"]:
        assert client.get(f"/boards/sleeping-rough/{address}").status_code == 404


def test_a_pack_is_read_as_a_page_first(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Beds run out")
    pack = issued(board, cast.sro, meeting_on=today() + dt.timedelta(days=1))
    page = read(client_of(cast.viewer), pack.get_absolute_url())
    assert "Beds run out" in page
    assert pack.pdf_sha256 in page
    assert pack.content_sha256 in page
    assert "late, against 5" in page
    assert 'role="region" aria-label="SRO summary, table 1"' in page
    assert f"by {cast.sro.name}" in page
    assert "Senior responsible owner" in page


def test_a_pack_says_from_where_and_by_whom_it_is_read(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="A named informant", marking="OFFICIAL_SENSITIVE")
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    plain, sensitive = issued(board, cast.sro, with_sensitive=False), issued(board, cast.sro)
    everybody = f"eople with a role in {board} or in {cast.programme}"
    cleared = f"{everybody} who may see OFFICIAL-SENSITIVE records"
    for pack, people in ((plain, everybody), (sensitive, cleared)):
        words = f"{people}, and the people named as its readers"
        assert f"P{words}<br>" in read(client_of(secretary), pack.get_absolute_url())
        who = read(client_of(secretary), f"/who/governance.pack/{pack.pk}/")
        assert f"It is seen by p{words}." in who
        assert "Sam Secretary" in who
    assert "You see it from outside." in who


def test_the_file_is_the_one_that_was_issued_and_its_download_is_recorded(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    answer = client_of(cast.viewer).get(f"{pack.get_absolute_url()}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="RS-001-SRPB-1.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert hashlib.sha256(answer.content).hexdigest() == pack.pdf_sha256
    assert Event.objects.get(kind="pack_downloaded").person_name == cast.viewer.name


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    with open(pack.pdf.path, "ab") as file:
        file.write(b"%")
    answer = client_of(cast.sro).get(f"{pack.get_absolute_url()}pdf/")
    assert answer.status_code == 500
    assert "is not what was issued" in answer.content.decode()


def test_files_are_not_served_from_any_address(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    client = client_of(cast.sro)
    for address in (f"/files/{pack.pdf.name}", f"/media/{pack.pdf.name}", f"/static/{pack.pdf.name}"):
        assert client.get(address).status_code == 404


def test_others_see_on_the_packs_page_how_far_it_is(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.manager)
    Job.objects.update(state=Job.State.RUNNING, percent=35, words="Laying out the pages", heartbeat_at=now())
    WorkerPresence.objects.create(name="w", seen_at=now())
    answer = client_of(cast.viewer).get(pack.get_absolute_url())
    page = answer.content.decode()
    assert "35 per cent done: Laying out the pages" in page
    assert "Cancel" not in page
    assert "No worker" not in page
    assert answer["Refresh"] == "3"
    assert client_of(cast.viewer).get(f"{pack.get_absolute_url()}pdf/").url == pack.get_absolute_url()


def test_a_pack_that_failed_says_why_and_can_be_tried_again_by_anyone_who_may_issue(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.manager, meeting_on=today())
    queue.cancel(pack.newest_job)
    assert "It was cancelled before it was issued." in read(client_of(cast.viewer), pack.get_absolute_url())
    assert "Try again" not in read(client_of(cast.viewer), pack.get_absolute_url())
    client = client_of(cast.sro)
    assert "Try again" in read(client, pack.get_absolute_url())
    answer_and_confirm(client, ISSUE, {"what": "all", "meeting_on": today().isoformat()})
    again = Pack.objects.get()
    assert (again.state, again.asked_by, again.meeting_on) == (Pack.State.QUEUED, cast.sro, today())


def test_whoever_asked_hears_at_home_that_nothing_came_of_it(cast: Cast, board: Board) -> None:
    pack = issue_pack(board, by=cast.manager)
    assert not list(packs_that_were_not_issued(cast.manager))
    queue.cancel(pack.newest_job)
    (waiting,) = packs_that_were_not_issued(cast.manager)
    assert waiting.url == pack.get_absolute_url()
    assert not list(packs_that_were_not_issued(cast.sro))


def test_a_former_member_still_reads_the_pack_but_not_the_board(cast: Cast, board: Board) -> None:
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    seat = make_seat(board, member, since=today() - dt.timedelta(days=9))
    pack = issued(board, cast.sro)
    client = client_of(member)
    assert f'href="{cast.programme.get_absolute_url()}"' not in read(client, board.get_absolute_url())
    board_actions.end_seat(seat, by=cast.sro, reason="Moved on")
    page = read(client, pack.get_absolute_url())
    assert f'href="{board.get_absolute_url()}"' not in page
    assert client.get(f"{pack.get_absolute_url()}pdf/").status_code == 200
    assert client.get(board.get_absolute_url()).status_code == 404


def test_the_packs_of_a_programme_stand_together(cast: Cast, board: Board) -> None:
    issued(board, cast.sro)
    page = read(client_of(cast.viewer), "/programmes/RS-001/packs/")
    assert "Sleeping rough programme board" in page
    assert "/boards/sleeping-rough/packs/1/" in page
    assert "Add a board" not in page


def test_boards_that_meet_stand_before_closed_ones(cast: Cast, board: Board) -> None:
    make_board(cast.programme, name="An earlier board", closed_on=today())
    page = read(client_of(cast.viewer), "/programmes/RS-001/packs/")
    assert page.index("Sleeping rough programme board") < page.index("An earlier board")


def test_a_board_with_many_packs_asks_no_more_questions_than_with_one(
    cast: Cast, board: Board, django_assert_max_num_queries
) -> None:
    client = client_of(cast.sro)
    issued(board, cast.sro)
    with django_assert_max_num_queries(100) as few:
        read(client, board.get_absolute_url())
    for _ in range(3):
        issued(board, cast.sro)
    with django_assert_max_num_queries(len(few)):
        read(client, board.get_absolute_url())


def test_an_auditor_finds_boards_seats_and_packs_in_the_programmes_history(cast: Cast, board: Board) -> None:
    make_seat(board, cast.sro)
    page = client_of(cast.auditor).get(f"/programmes/{cast.programme.reference}/history/")
    assert str(board) in page.text
    assert 'value="governance.board"' in page.text
    file = client_of(cast.auditor).get(f"/programmes/{cast.programme.reference}/history/?format=csv")
    assert str(board) in file.getvalue().decode("utf-8-sig")


def test_the_list_of_boards_offers_any_kind_in_words(cast: Cast, board: Board) -> None:
    page = client_of(cast.viewer).get("/boards/").content.decode()
    assert "---------" not in page
    assert ">Any</option>" in " ".join(page.split())


@time_machine.travel("2026-12-22 12:00:00+00:00")
def test_bank_holidays_are_no_days_in_which_members_have_the_pack(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro, meeting_on=dt.date(2026, 12, 29))
    page = read(client_of(cast.sro), pack.get_absolute_url())
    assert "3 working days before the meeting: late, against 5" in page
