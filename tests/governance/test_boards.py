import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.actions import boards as actions
from governance.models import Board, BoardAppointment
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm
from tests.factories import make_board, make_person, make_programme, make_seat
from xgov.access import explaining, grants, rules
from xgov.access.permissions import Permission
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import ChangedMeanwhile, RuleBroken


def test_people_of_the_programme_may_do_at_its_board_what_they_may_do_in_the_programme(cast: Cast, board: Board):
    for person in cast.everyone().values():
        assert rules.permissions_on(person, board) == rules.permissions_on(person, cast.programme)


def test_the_centre_sees_every_board_and_an_outsider_none(cast: Cast, board: Board):
    assert list(Board.objects.visible_to(cast.centre)) == [board]
    assert not Board.objects.visible_to(cast.outsider)
    assert not Board.objects.visible_to(cast.platform)


def test_a_board_member_from_elsewhere_sees_the_board_and_not_the_programme(cast: Cast, board: Board):
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    make_seat(board, member)
    assert rules.permissions_on(member, board) == {Permission.VIEW}
    assert not rules.can(member, Permission.VIEW, cast.programme)


def test_a_secretary_issues_packs_and_reads_the_programme_they_are_made_of(cast: Cast, board: Board):
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    assert rules.permissions_on(secretary, board) >= {Permission.VIEW, Permission.ISSUE, Permission.MANAGE}
    assert rules.permissions_on(secretary, cast.programme) == {Permission.VIEW}
    assert not any(grants.drift_at(door) for door in grants.all_doors())


def test_a_seat_that_has_ended_gives_nothing(cast: Cast, board: Board):
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary", since=dt.date(2020, 1, 1), until=dt.date(2021, 1, 1))
    assert not rules.permissions_on(secretary, board)
    assert not rules.permissions_on(secretary, cast.programme)


def test_a_programme_has_one_deciding_board(cast: Cast):
    make_board(cast.programme, is_deciding=True)
    make_board(cast.programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_board(cast.programme, is_deciding=True)


# --- setting it up ----------------------------------------------------------------------------


def test_a_programme_manager_adds_a_board_and_it_has_an_address_a_short_name_and_an_order(cast: Cast, shelf: dict):
    first = actions.create_board(cast.programme, by=cast.manager, name="Programme Board")
    assert (first.slug, first.short_name) == ("programme-board", "PB")
    assert first.running_order == ["programmes.summary", "risks.above_appetite"]
    other = make_programme(cast.mhclg)
    second = actions.create_board(other, by=cast.manager, name="Programme board")
    assert (second.slug, second.short_name) == ("programme-board-2", "PB")
    third = actions.create_board(cast.programme, by=cast.manager, name="Project boffins")
    assert third.short_name == "PB2"
    assert rules.can(cast.viewer, Permission.VIEW, first)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "platform"])
def test_nobody_else_adds_or_changes_a_board(cast: Cast, board: Board, who: str):
    person = getattr(cast, who)
    for verb in (
        lambda: actions.create_board(cast.programme, by=person, name="Mine"),
        lambda: actions.change_board(board, by=person, seen_version=board.lock_version, name="Mine"),
        lambda: actions.set_running_order(board, ["programmes.summary"], by=person),
        lambda: actions.appoint_to_board(board, cast.outsider, "secretary", by=person),
        lambda: actions.close_board(board, by=person, reason="No"),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_a_secretary_sets_the_running_order_but_gives_no_seats(cast: Cast, board: Board):
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    changed = actions.set_running_order(board, ["risks.above_appetite"], by=secretary)
    assert changed.running_order == ["risks.above_appetite"]
    with pytest.raises(PermissionDenied):
        actions.appoint_to_board(board, cast.outsider, "board_member", by=secretary)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["programmes.summary", "no.such"], "no board section “no.such”"),
        ([], "at least one"),
        (["programmes.summary", "programmes.summary"], "only once"),
    ],
)
def test_a_running_order_that_cannot_be_followed_is_refused_when_it_is_saved(
    cast: Cast, board: Board, order: list, words: str
):
    with pytest.raises(RuleBroken, match=words):
        actions.set_running_order(board, order, by=cast.sro)
    with pytest.raises(RuleBroken, match=words):
        actions.create_board(cast.programme, by=cast.sro, name="Another", running_order=order)


def test_a_second_deciding_board_is_refused_with_the_name_of_the_first(cast: Cast, board: Board):
    with pytest.raises(RuleBroken, match="Sleeping rough programme board already takes"):
        actions.create_board(cast.programme, by=cast.sro, name="Another", is_deciding=True)


def test_the_second_of_two_people_hears_who_changed_the_board(cast: Cast, board: Board):
    seen = board.lock_version
    actions.change_board(board, by=cast.manager, seen_version=seen, remit="Decides.")
    with pytest.raises(ChangedMeanwhile) as clash:
        actions.change_board(board, by=cast.sro, seen_version=seen, remit="Advises.")
    assert clash.value.by == cast.manager.name


def test_nobody_takes_a_seat_themselves_or_gives_the_same_seat_twice(cast: Cast, board: Board):
    with pytest.raises(RuleBroken, match="yourself"):
        actions.appoint_to_board(board, cast.sro, "board_member", by=cast.sro)
    actions.appoint_to_board(board, cast.outsider, "board_member", by=cast.sro)
    with pytest.raises(RuleBroken, match="already has this seat"):
        actions.appoint_to_board(board, cast.outsider, "board_member", by=cast.sro)


def _in_a_month() -> dt.date:
    return today() + dt.timedelta(days=30)


def test_a_seat_to_come_stands_on_the_boards_page_and_can_be_cancelled_there(cast: Cast, board: Board):
    seat = actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro, since=_in_a_month())
    client = client_of(cast.manager)
    page = client.get(board.get_absolute_url()).text
    assert "Oscar Outside" in page
    assert "(to come)" in page
    end = reverse("governance:end-seat", args=[board.slug, seat.pk])
    assert end in page
    with pytest.raises(RuleBroken, match=f"to come, from {day(seat.since)}"):
        actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro)
    assert "They never do." in client.post(end, {"reason": "A slip"}).text
    answer = answer_and_confirm(client, end, {"reason": "A slip"}, follow=True)
    assert "Oscar Outside will not sit on the board." in answer.text
    assert "Oscar Outside" not in client.get(board.get_absolute_url()).text


def test_a_seat_starts_within_a_year(cast: Cast, board: Board):
    with pytest.raises(RuleBroken, match="within a year"):
        actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro, since=dt.date(2099, 1, 1))


def test_a_seat_that_is_cancelled_before_it_begins_can_be_given_again(cast: Cast, board: Board):
    seat = actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro, since=_in_a_month())
    actions.end_seat(seat, by=cast.sro, reason="A mistake")
    with pytest.raises(RuleBroken, match="already ended"):
        actions.end_seat(seat, by=cast.sro, reason="Again")
    actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro)


def test_a_seat_ended_today_is_gone_today_and_a_closed_board_shows_its_secretary_nothing_more(cast: Cast, board: Board):
    seat = actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro)
    assert rules.can(cast.outsider, Permission.VIEW, cast.programme)
    actions.end_seat(seat, by=cast.sro, reason="Moved on")
    assert not rules.can(cast.outsider, Permission.VIEW, cast.programme)
    assert not rules.can(cast.outsider, Permission.VIEW, board)
    actions.appoint_to_board(board, cast.outsider, "secretary", by=cast.sro, since=today())
    actions.close_board(board, by=cast.sro, reason="Done")
    assert not rules.can(cast.outsider, Permission.VIEW, cast.programme)
    assert rules.can(cast.outsider, Permission.VIEW, board)
    with pytest.raises(RuleBroken, match="closed"):
        actions.set_running_order(board, ["programmes.summary"], by=cast.sro)


def test_the_board_of_a_sensitive_programme_is_hidden_from_those_who_may_not_see_that(cast: Cast, board: Board):
    with acting(cast.sro):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    assert not Board.objects.visible_to(cast.centre)
    assert not Board.objects.visible_to(cast.viewer)
    assert Board.objects.visible_to(cast.sro)


# --- its pages --------------------------------------------------------------------------------


def test_a_programme_manager_sets_a_board_up_in_the_browser(cast: Cast, shelf: dict):
    client = client_of(cast.manager)
    assert "This programme has no board yet" in client.get("/programmes/RS-001/packs/").content.decode()
    answers = {"name": "Joint board", "forum": "JOINT_PROGRAMME_BOARD", "remit": "Decides.", "is_deciding": "on"}
    assert client.post("/programmes/RS-001/boards/add/", answers).url == "/boards/joint-board/"
    seat = {"email": "OUTSIDER@dft.example", "role": "board_member"}
    assert answer_and_confirm(client, "/boards/joint-board/seats/add/", seat).url == "/boards/joint-board/"
    page = client.get("/boards/joint-board/").content.decode()
    assert "Oscar Outside" in page
    assert "SRO summary" in page
    (seat,) = Board.objects.get().appointments.all()
    answer_and_confirm(client, f"/boards/joint-board/seats/{seat.pk}/end/", {"reason": "Moved on"})
    assert "Nobody has a seat yet" in client.get("/boards/joint-board/").content.decode()
    client.post("/boards/joint-board/close/", {"reason": "Done"})
    assert "Closed on" in client.get("/boards/joint-board/").content.decode()


def test_a_strangers_address_is_refused_in_words(cast: Cast, board: Board):
    client = client_of(cast.manager)
    answer = client.post("/boards/sleeping-rough/seats/add/", {"email": "nobody@x.example", "role": "secretary"})
    assert "Nobody with this address has an account here" in answer.content.decode()


def test_the_running_order_is_changed_by_numbers(cast: Cast, board: Board):
    client = client_of(cast.sro)
    page = client.get("/boards/sleeping-rough/running-order/").content.decode()
    assert page.index('name="place_0"') < page.index('name="place_1"')
    answers = {"place_0": "2", "place_1": "1", "seen_version": board.lock_version}
    assert client.post("/boards/sleeping-rough/running-order/", answers).url == "/boards/sleeping-rough/"
    board.refresh_from_db()
    assert board.running_order == ["risks.above_appetite", "programmes.summary"]
    answer = client.post("/boards/sleeping-rough/running-order/", answers)
    assert "changed this after you opened it" in answer.content.decode()
    answers = {"place_0": "x", "place_1": "", "seen_version": board.lock_version}
    answer = client.post("/boards/sleeping-rough/running-order/", answers)
    assert "must be a whole number" in answer.content.decode()
    answers = {"place_0": "", "place_1": "", "seen_version": board.lock_version}
    answer = client.post("/boards/sleeping-rough/running-order/", answers)
    assert "at least one section a number" in answer.content.decode()


def test_the_list_of_boards_shows_each_person_theirs(cast: Cast, board: Board):
    make_board(name="Elsewhere", slug="elsewhere")
    page = client_of(cast.viewer).get("/boards/").content.decode()
    assert "Sleeping rough programme board" in page
    assert "Elsewhere" not in page
    assert "You see no board yet" in client_of(cast.outsider).get("/boards/").content.decode()


def test_the_page_that_explains_names_the_seat(cast: Cast, board: Board):
    make_seat(board, cast.outsider, "secretary")
    for record in (board, cast.programme):
        (sight,) = [sight for sight in explaining.why(record) if sight.person == cast.outsider]
        assert any("Board secretary" in reason for reason in sight.reasons)


def test_a_seat_is_given_after_it_has_been_checked(cast: Cast, board: Board) -> None:
    client = client_of(cast.manager)
    given = {"email": cast.outsider.email, "role": "secretary"}
    shown = client.post("/boards/sleeping-rough/seats/add/", given)
    page = shown.content.decode()
    assert "Check the seat" in page
    assert "Oscar Outside (outsider@dft.example)" in page
    assert not BoardAppointment.objects.filter(person=cast.outsider).exists()
    assert client_of(cast.outsider).get("/boards/sleeping-rough/").status_code == 404
    assert confirm(client, "/boards/sleeping-rough/seats/add/", shown).status_code == 302
    assert client_of(cast.outsider).get("/boards/sleeping-rough/").status_code == 200


def test_a_seat_does_not_end_before_it_has_been_read_what_that_means(cast: Cast, board: Board):
    seat = make_seat(board, cast.outsider, "board_member")
    client, address = client_of(cast.manager), f"/boards/sleeping-rough/seats/{seat.pk}/end/"
    shown = client.post(address, {"reason": "Moved on"})
    page = shown.content.decode()
    assert "Check before the seat ends" in page
    assert "They keep the packs that were issued to them." in page
    seat.refresh_from_db()
    assert seat.until is None
    assert [confirm(client, address, shown).url for _press in range(2)] == ["/boards/sleeping-rough/"] * 2
    assert seat.history.count() == 2
