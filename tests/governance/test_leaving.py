"""What a department that leaves a programme gives up in the boardroom."""

from governance.models import Board, BoardAppointment
from governance.packs.people import recipients_of
from programmes.actions import invite_department, withdraw_department
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_appointment, make_board, make_membership, make_person, make_seat
from tests.programmes.addresses import page
from xgov.access import grants
from xgov.accounts.models import User


def leave(cast: Cast) -> None:
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    withdraw_department(party, by=cast.manager, reason="The policy moved")


def receivers(board: Board, cast: Cast) -> set[User]:
    return {each.person for each in recipients_of(board, cast.programme, cast.manager)}


def test_people_of_a_department_that_leaves_sit_on_the_board_no_more_and_get_no_more_packs(cast: Cast) -> None:
    board = make_board(cast.programme)
    for person in (cast.contributor, cast.viewer):
        make_seat(board, person)
    assert cast.contributor in receivers(board, cast)
    leave(cast)
    assert cast.contributor not in receivers(board, cast)
    assert cast.viewer in receivers(board, cast)
    client = client_of(cast.contributor)
    assert client.get(board.get_absolute_url()).status_code == 404
    ended = BoardAppointment.history.filter(person=cast.contributor).first()
    assert ended.history_change_reason == "DWP left the programme."
    assert not grants.drift_at(cast.programme)


def test_who_has_another_part_in_the_programme_keeps_the_seat(cast: Cast) -> None:
    board = make_board(cast.programme)
    adviser, seconded = make_person("a@dwp.example", "Ada", cast.dwp), make_person("s@dwp.example", "Sam", cast.dwp)
    make_appointment(cast.programme, adviser, "senior_sponsor", department=cast.moj)
    make_membership(seconded, cast.moj, "viewer")
    for person in (adviser, seconded):
        make_seat(board, person)
    leave(cast)
    assert {adviser, seconded} <= receivers(board, cast)


def test_a_seat_on_a_board_of_another_programme_stays_and_so_does_one_when_an_invitation_is_taken_back(
    cast: Cast,
) -> None:
    elsewhere, board = make_board(), make_board(cast.programme)
    make_seat(elsewhere, cast.contributor)
    make_seat(board, cast.outsider)
    leave(cast)
    invitation = invite_department(cast.programme, cast.dft, by=cast.manager)
    withdraw_department(invitation, by=cast.manager, reason="The wrong department")
    assert BoardAppointment.objects.current().filter(person=cast.contributor, board=elsewhere).exists()
    assert cast.outsider in receivers(board, cast)


def test_the_page_on_which_a_department_leaves_says_that_the_seats_end(cast: Cast) -> None:
    text = client_of(cast.manager).get(page("withdraw", cast.dwp.slug)).text
    assert "so do the seats of its people on the programme’s boards" in text
