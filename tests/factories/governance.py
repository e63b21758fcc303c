from itertools import count

from governance.models import Board, BoardAppointment
from programmes.models import Programme
from tests.factories.people import SETTING_THE_SCENE
from tests.factories.programmes import make_programme
from xgov.access import grants
from xgov.accounts.models import User
from xgov.records.acting import acting

_numbers = count(1)


def make_board(programme: Programme | None = None, **fields) -> Board:
    number = next(_numbers)
    fields.setdefault("name", f"Programme board {number}")
    fields.setdefault("slug", f"programme-board-{number}")
    with acting(SETTING_THE_SCENE):
        board = Board.objects.create(programme=programme or make_programme(), **fields)
    grants.sync(board)
    return board


def make_seat(board: Board, person: User, role: str = "board_member", **fields) -> BoardAppointment:
    with acting(SETTING_THE_SCENE):
        seat = BoardAppointment.objects.create(board=board, person=person, role=role, **fields)
    grants.sync(board.programme)
    return seat
