"""The people of a board and of its programme change at the same moment: nobody waits for ever."""

import pytest

from governance.actions import boards
from governance.models import BoardAppointment
from programmes.actions import appoint
from programmes.models import Appointment
from tests.at_once import together
from tests.cast import assemble
from tests.factories import make_board, make_person
from xgov.access import grants

ROUNDS = 4


@pytest.mark.django_db(transaction=True)
def test_who_gives_a_seat_and_who_appoints_to_the_programme_at_once_both_do() -> None:
    cast = assemble()
    board = make_board(cast.programme)
    members = [make_person(department=cast.mhclg) for _round in range(ROUNDS)]
    auditors = [make_person(department=cast.nao) for _round in range(ROUNDS)]
    for member, auditor in zip(members, auditors, strict=True):
        wrong = together(
            lambda member=member: boards.appoint_to_board(board, member, "board_member", by=cast.manager),
            lambda auditor=auditor: appoint(cast.programme, auditor, "auditor", by=cast.manager),
        )
        assert wrong == []
    assert BoardAppointment.objects.filter(person__in=members).count() == ROUNDS
    assert Appointment.objects.filter(person__in=auditors).count() == ROUNDS
    assert not grants.drift_at(cast.programme)
    assert not grants.drift_at(board)
