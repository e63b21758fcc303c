from collections.abc import Iterator

from governance.models import Board, BoardAppointment
from programmes.models import Programme
from programmes.standing_grants import programme_grants, programme_seats
from xgov.access.dated import lets_in
from xgov.access.explaining import Seat, seats_at
from xgov.access.grants import Grant, derives
from xgov.access.roles import ROLES
from xgov.accounts.querysets import DatedQuerySet


@derives("governance.Board", follows=("programmes.Programme", "programme"))
def board_grants(board: Board) -> Iterator[Grant]:
    """At a board its programme's people may do what they may do in the programme, and its members what a seat gives."""
    yield from programme_grants(board.programme)
    for seat in BoardAppointment.objects.current().filter(board=board, person__is_active=True):
        for permission in ROLES[seat.role].permissions:
            yield Grant(permission, user_id=seat.person_id)


@derives("programmes.Programme")
def seats_in_the_programme(programme: Programme) -> Iterator[Grant]:
    """What a seat on one of its boards gives in the programme itself: a secretary reads what the papers are made of."""
    seats = BoardAppointment.objects.current().filter(board__programme=programme, person__is_active=True)
    for seat in seats.filter(board__closed_on__isnull=True):
        for permission in ROLES[seat.role].at_programme:
            yield Grant(permission, user_id=seat.person_id)


@lets_in("programmes.Programme", path="board__programme")
def seats() -> DatedQuerySet:
    """A seat gives something at the board, which follows its programme."""
    return BoardAppointment.objects.all()


@seats_at("governance.Board")
def board_seats(board: Board) -> Iterator[Seat]:
    """Who sits on the board, and who is appointed to its programme, for the page that explains who can see a record."""
    yield from programme_seats(board.programme)
    for seat in BoardAppointment.objects.current().filter(board=board):
        yield Seat(seat.person_id, seat.role)


@seats_at("programmes.Programme")
def seats_that_show_the_programme(programme: Programme) -> Iterator[Seat]:
    reading = [key for key, role in ROLES.items() if role.at_programme]
    seats = BoardAppointment.objects.current().filter(board__programme=programme, board__closed_on__isnull=True)
    for seat in seats.filter(role__in=reading):
        yield Seat(seat.person_id, seat.role)
