from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from programmes.actions import change_programme, change_status, choose_delivery_model, set_whole_life_cost
from programmes.models import Appointment, Programme
from programmes.readiness import shelf
from tests.cast import Cast
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import ChangedMeanwhile, RuleBroken
from xgov.records.figures import Figure, FigureState

S = Programme.Status


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_shelf", {})


@pytest.fixture
def ready(cast: Cast) -> Programme:
    choose_delivery_model(cast.programme, "COLLABORATION", by=cast.manager)
    set_whole_life_cost(cast.programme, Figure(Decimal(5_000_000), FigureState.KNOWN), by=cast.manager)
    return change_programme(
        cast.programme, by=cast.manager, who_decides="The SRO.", data_moves="NO", who_pays="MHCLG.",
        success_review="Yearly.", start_date=date(2030, 1, 1), first_review_on=date(2030, 5, 1),
    )  # fmt: skip


def test_delivery_starts_when_all_six_are_clear(cast: Cast, ready: Programme) -> None:
    programme = change_status(ready, S.DELIVERING, by=cast.manager)
    assert (programme.status, programme.status_since, programme.readiness_override) == (S.DELIVERING, today(), "")


def test_delivery_does_not_start_while_a_question_is_open(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        change_status(cast.programme, S.DELIVERING, by=cast.manager)
    assert refused.value.field == "override"
    assert "delivery model" in str(refused.value.message)


def test_only_the_sro_goes_ahead_before_all_is_clear(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Only the SRO"):
        change_status(cast.programme, S.DELIVERING, by=cast.manager, override="We must start before winter")
    with pytest.raises(RuleBroken, match="Enter why delivery starts") as asked:
        change_status(cast.programme, S.DELIVERING, by=cast.sro)
    assert asked.value.field == "override"
    programme = change_status(cast.programme, S.DELIVERING, by=cast.sro, override="We must start before winter")
    assert programme.readiness_override == "We must start before winter"
    assert (programme.readiness_override_by, programme.readiness_override_on) == (cast.sro, today())


@pytest.mark.parametrize("role", ["sro", "lead_accounting_officer"])
def test_nobody_overrides_that_somebody_answers(cast: Cast, ready: Programme, role: str) -> None:
    with acting(SETTING_THE_SCENE):
        held = Appointment.objects.get(programme=ready, role=role)
        held.until = today()
        held.save()
    grants.sync(ready)
    with pytest.raises(RuleBroken, match="Delivery cannot start without"):
        change_status(ready, S.DELIVERING, by=cast.manager, override="Go")


def test_a_pause_needs_a_reason_and_the_gate_stays_on_the_way_back(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        change_status(cast.programme, S.PAUSED, by=cast.manager)
    assert refused.value.field == "reason"
    change_status(cast.programme, S.PAUSED, by=cast.manager, reason="Spending review")
    with pytest.raises(RuleBroken):
        change_status(cast.programme, S.DELIVERING, by=cast.manager)


def test_an_override_still_counts_after_a_pause(cast: Cast) -> None:
    change_status(cast.programme, S.DELIVERING, by=cast.sro, override="Winter")
    change_status(cast.programme, S.PAUSED, by=cast.manager, reason="Spending review")
    assert change_status(cast.programme, S.DELIVERING, by=cast.manager).status == S.DELIVERING


@pytest.mark.parametrize("status", [S.CLOSING, S.CLOSED, S.IDEA, "FLYING"])
def test_a_programme_in_set_up_does_not_jump(cast: Cast, status: str) -> None:
    with pytest.raises(RuleBroken):
        change_status(cast.programme, status, by=cast.sro, reason="Because")


def test_a_closed_programme_keeps_its_record_as_it_was(cast: Cast) -> None:
    change_status(cast.programme, S.CANCELLED, by=cast.sro, reason="Overtaken by events")
    with pytest.raises(RuleBroken, match="kept as it was"):
        change_programme(cast.programme, by=cast.manager, summary="Later thoughts")
    with pytest.raises(RuleBroken):
        change_status(cast.programme, S.SETTING_UP, by=cast.sro)


def test_two_clicks_are_one_change(cast: Cast, ready: Programme) -> None:
    seen = ready.lock_version
    for _click in range(2):
        change_status(ready, S.DELIVERING, by=cast.sro, seen_version=seen)
    assert Programme.objects.get(pk=ready.pk).lock_version == seen + 1


def test_the_second_of_two_people_is_told(cast: Cast, ready: Programme) -> None:
    change_programme(ready, by=cast.sro, summary="New")
    with pytest.raises(ChangedMeanwhile):
        change_status(ready, S.DELIVERING, by=cast.manager, seen_version=ready.lock_version)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "administrator"])
def test_nobody_else_moves_the_programme(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        change_status(cast.programme, S.PAUSED, by=getattr(cast, who), reason="Stop")
