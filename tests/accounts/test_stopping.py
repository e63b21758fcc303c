"""Somebody who leaves and returns, and the appointments that they hold."""

from tests.cast import Cast
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts import actions
from xgov.accounts.models import User


def test_an_appointed_person_who_is_stopped_holds_nothing_and_let_in_again_holds_what_has_not_ended(cast: Cast) -> None:
    actions.stop_person(cast.sro, by=cast.platform, reason="On leave.")
    assert not grants.drift_at(cast.programme)
    actions.let_person_in(User.objects.get(pk=cast.sro.pk), by=cast.platform, reason="Back.")
    assert not grants.drift_at(cast.programme)
    assert rules.can(User.objects.get(pk=cast.sro.pk), Permission.DECIDE, cast.programme)
