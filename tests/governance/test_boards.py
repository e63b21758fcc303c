import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from governance.models import Board
from tests.cast import Cast
from tests.factories import make_board, make_person, make_seat
from xgov.access import grants, rules
from xgov.access.permissions import Permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast: Cast) -> Board:
    return make_board(cast.programme, name="Sleeping rough programme board")


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
