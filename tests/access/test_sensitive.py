"""What is marked OFFICIAL-SENSITIVE, and what stands behind a door that is."""

import pytest

from programmes.models import Programme
from risks.models import Appetite, Mitigation, Risk
from tests.cast import Cast
from tests.factories import make_appetite, make_board, make_mitigation, make_risk, make_seat
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import rules
from xgov.access.doors import SENSITIVE, is_sensitive
from xgov.access.permissions import Permission
from xgov.access.standing import remembering, withholding
from xgov.accounts.models import User
from xgov.records.acting import acting


def mark(record: Programme | Risk, marking: str = SENSITIVE) -> None:
    with acting(SETTING_THE_SCENE):
        record.marking = marking
        record.save()


def seeing(cast: Cast, queryset) -> set[str]:
    return {who for who, person in cast.everyone().items() if queryset.visible_to(person).exists()}


def test_nothing_of_a_sensitive_programme_is_seen_by_those_who_may_not_see_the_programme(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.manager)
    make_mitigation(risk)
    make_appetite(cast.programme)
    mark(cast.programme)
    for model in (Programme, Risk, Mitigation, Appetite):
        assert seeing(cast, model.objects) == {"manager", "sro", "ao", "auditor"}, model
    assert is_sensitive(risk)
    assert rules.permissions_on(cast.contributor, risk) == frozenset()


def test_a_mitigation_is_as_sensitive_as_its_risk(cast: Cast) -> None:
    mitigation = make_mitigation(make_risk(cast.programme, cast.dwp, cast.manager, marking=SENSITIVE))
    assert seeing(cast, Mitigation.objects) == {"manager", "sro", "ao", "auditor"}
    assert not rules.can(cast.contributor, Permission.CONTRIBUTE, mitigation)


def test_a_member_of_the_board_of_a_sensitive_programme_needs_more_than_the_seat(cast: Cast) -> None:
    board = make_board(cast.programme)
    make_seat(board, cast.outsider)
    assert rules.can(cast.outsider, Permission.VIEW, board)
    mark(cast.programme)
    board.refresh_from_db()
    assert not rules.can(cast.outsider, Permission.VIEW, board)


def test_marking_the_programme_takes_effect_within_the_request(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.manager)
    with remembering():
        assert Risk.objects.visible_to(cast.viewer).exists()
        mark(cast.programme)
        assert not Risk.objects.visible_to(cast.viewer).exists()
        mark(cast.programme, "OFFICIAL")
        assert Risk.objects.visible_to(cast.viewer).exists()


def test_the_centre_sees_all_programmes_but_those_that_are_marked(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.manager)
    assert seeing(cast, Risk.objects) >= {"centre"}
    mark(cast.programme)
    assert "centre" not in seeing(cast, Risk.objects) | seeing(cast, Programme.objects)


@pytest.mark.parametrize("who", ["manager", "sro", "auditor"])
def test_what_is_composed_for_others_leaves_out_what_is_marked(cast: Cast, who: str) -> None:
    person: User = getattr(cast, who)
    risk = make_risk(cast.programme, cast.dwp, cast.manager, marking=SENSITIVE)
    with remembering():
        assert rules.can(person, Permission.VIEW, risk)
        with withholding(Permission.VIEW_SENSITIVE):
            assert not rules.can(person, Permission.VIEW, risk)
            assert not Risk.objects.visible_to(person).exists()
        assert Risk.objects.visible_to(person).exists()
