from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from programmes.actions import change_programme, choose_delivery_model, create_programme, set_whole_life_cost
from programmes.models import ModelChoice, Party, Programme
from tests.cast import Cast
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.records.errors import ChangedMeanwhile, RuleBroken
from xgov.records.figures import Figure, FigureState


def test_a_programme_manager_sets_up_a_programme_that_their_department_leads(cast: Cast) -> None:
    programme = create_programme(cast.mhclg, by=cast.manager, name="Warm homes", outcome="Every home is warm.")
    assert programme.reference == "JP-0001"
    assert programme.status == Programme.Status.SETTING_UP
    assert programme.lead == cast.mhclg
    party = programme.parties.get()
    assert (party.status, party.answered_by) == (Party.Status.ACCEPTED, cast.manager)
    assert rules.can(cast.manager, Permission.MANAGE, programme)
    assert programme.history.get().history_signer == "Maya Managewell"


def test_references_count_on_and_a_typed_reference_is_kept(cast: Cast) -> None:
    first = create_programme(cast.mhclg, by=cast.manager, name="One")
    typed = create_programme(cast.mhclg, by=cast.manager, name="Two", reference="HOMES-7")
    third = create_programme(cast.mhclg, by=cast.manager, name="Three")
    assert [p.reference for p in (first, typed, third)] == ["JP-0001", "HOMES-7", "JP-0002"]


@pytest.mark.parametrize("reference", ["RS-001", "rs-001", "new", "two words", "../etc", "x" * 41])
def test_a_reference_that_is_taken_or_not_one_is_refused(cast: Cast, reference: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        create_programme(cast.mhclg, by=cast.manager, name="Warm homes", reference=reference)
    assert refused.value.field == "reference"
    assert Programme.objects.count() == 1


def test_two_clicks_do_not_set_up_two_programmes(cast: Cast) -> None:
    create_programme(cast.mhclg, by=cast.manager, name="Warm homes")
    with pytest.raises(RuleBroken, match="already leads a programme of this name: JP-0001"):
        create_programme(cast.mhclg, by=cast.manager, name="warm homes ")


@pytest.mark.parametrize(
    "who", ["contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform", "outsider"]
)
def test_nobody_else_sets_up_a_programme_for_the_department(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        create_programme(cast.mhclg, by=getattr(cast, who), name="Warm homes")


def test_a_programme_manager_does_not_set_up_a_programme_for_another_department(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        create_programme(cast.dwp, by=cast.manager, name="Warm homes")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"outcome": "x" * 201}, "outcome"),
        ({"start_date": date(2026, 5, 1), "end_date": date(2026, 4, 30)}, "end_date"),
        ({"start_date": date(2026, 5, 1), "first_review_on": date(2026, 4, 1)}, "first_review_on"),
        ({"phase": "FLYING"}, "phase"),
        ({"marking": "SECRET"}, "marking"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast: Cast, said: dict, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        change_programme(cast.programme, by=cast.manager, **said)
    assert refused.value.field == field
    assert cast.programme.history.count() == 1


def test_a_change_is_signed_and_says_why(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.manager, reason="Agreed at the board", summary="Beds and advice.")
    newest = cast.programme.history.first()
    assert (newest.summary, newest.history_signer) == ("Beds and advice.", "Maya Managewell")
    assert newest.history_change_reason == "Agreed at the board"


def test_saying_the_same_twice_leaves_one_change(cast: Cast) -> None:
    for _click in range(2):
        change_programme(cast.programme, by=cast.manager, seen_version=0, summary="Beds and advice.")
    assert cast.programme.history.count() == 2


def test_the_second_of_two_people_is_told_who_changed_what(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.sro, seen_version=0, summary="Beds.")
    with pytest.raises(ChangedMeanwhile) as clash:
        change_programme(cast.programme, by=cast.manager, seen_version=0, summary="Advice.")
    assert clash.value.by == "Sara Answerable"
    assert clash.value.after.summary == "Beds."


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "administrator", "auditor", "centre", "outsider"])
def test_a_partner_or_reader_does_not_change_the_programme(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        change_programme(cast.programme, by=getattr(cast, who), name="Mine")


def test_a_model_needs_the_outcome_first(cast: Cast) -> None:
    programme = create_programme(cast.mhclg, by=cast.manager, name="Warm homes")
    with pytest.raises(RuleBroken, match="outcome"):
        choose_delivery_model(programme, "COLLABORATION", by=cast.manager)


def test_the_lightest_model_needs_no_reason(cast: Cast) -> None:
    assert choose_delivery_model(cast.programme, "COLLABORATION", by=cast.manager).delivery_model == "COLLABORATION"


def test_a_heavier_model_needs_the_reason_why_the_lighter_is_not_enough(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        choose_delivery_model(cast.programme, "PROGRAMME_LEAD", by=cast.manager)
    assert refused.value.field == "lighter_not_enough"
    assert "Separate funding for separate elements" in str(refused.value.message)


def test_each_choice_of_model_is_kept_with_its_reason(cast: Cast) -> None:
    choose_delivery_model(cast.programme, "COLLABORATION", by=cast.manager)
    with pytest.raises(RuleBroken) as refused:
        choose_delivery_model(cast.programme, "LEAD_WITH_SUPPORT", by=cast.sro, lighter_not_enough="One owner needed.")
    assert refused.value.field == "reason"
    choose_delivery_model(
        cast.programme, "LEAD_WITH_SUPPORT", by=cast.sro, lighter_not_enough="One owner.", reason="Nobody could decide."
    )
    newest, first = ModelChoice.objects.filter(programme=cast.programme)
    assert (newest.previous, newest.model, newest.reason, newest.chosen_by) == (
        "COLLABORATION", "LEAD_WITH_SUPPORT", "Nobody could decide.", cast.sro,
    )  # fmt: skip
    assert first.previous == ""


def test_the_outcome_stays_once_a_model_is_chosen(cast: Cast) -> None:
    choose_delivery_model(cast.programme, "COLLABORATION", by=cast.manager)
    with pytest.raises(RuleBroken):
        change_programme(cast.programme, by=cast.manager, outcome="")


def test_a_withheld_cost_keeps_its_section_and_reason(cast: Cast) -> None:
    withheld = Figure(None, FigureState.WITHHELD, "Contracts are being let", "43")
    programme = set_whole_life_cost(cast.programme, withheld, by=cast.manager)
    programme.refresh_from_db()
    assert programme.whole_life_cost_figure == withheld


def test_a_known_cost_is_pounds_with_its_price_base(cast: Cast) -> None:
    known = Figure(Decimal("12400000.00"), FigureState.KNOWN)
    programme = set_whole_life_cost(cast.programme, known, by=cast.manager, price_base="2026-27 prices")
    programme.refresh_from_db()
    assert (programme.whole_life_cost_figure, programme.price_base) == (known, "2026-27 prices")


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        (Figure(None, FigureState.KNOWN), "whole_life_cost"),
        (Figure(Decimal(-1), FigureState.KNOWN), "whole_life_cost"),
        (Figure(Decimal(10) ** 17, FigureState.KNOWN), "whole_life_cost"),
        (Figure(Decimal(1), FigureState.NOT_KNOWN), "whole_life_cost"),
        (Figure(None, FigureState.WITHHELD, "", "43"), "whole_life_cost_reason"),
        (Figure(None, FigureState.WITHHELD, "Contracts", ""), "whole_life_cost_section"),
        (Figure(None, FigureState.NOT_PROVIDED), "whole_life_cost_reason"),
    ],
)
def test_a_cost_that_is_neither_an_amount_nor_a_reason_is_refused(cast: Cast, figure: Figure, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        set_whole_life_cost(cast.programme, figure, by=cast.manager)
    assert refused.value.field == field
