"""The decision log: who proposes, who decides, where departments stand, and that nothing is edited afterwards."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import decisions, positions
from governance.actions.decisions import OfferedOption
from governance.models import Decision, DecisionOption, DecisionPosition
from tests.cast import Cast
from tests.factories import make_appointment, make_board, make_person, make_programme, make_seat
from tests.factories.decisions import make_decision, make_proposal
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.errors import ChangedMeanwhile, RuleBroken
from xgov.records.figures import Figure, FigureState
from xgov.records.models import Event

Status = Decision.Status


# --- proposing -------------------------------------------------------------------------------


def test_a_programme_manager_proposes_a_decision_with_its_options(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    assert (decision.reference, decision.status) == ("D-001", Status.PROPOSED)
    assert [(o.name, o.is_recommended) for o in decision.options.all()] == [
        ("Open eleven hubs", True), ("Open five hubs", False),
    ]  # fmt: skip
    assert make_proposal(cast.programme, cast.sro).reference == "D-002"
    assert make_proposal(make_programme(cast.mhclg), cast.manager).reference == "D-001"


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "administrator", "auditor", "centre", "outsider"])
def test_others_do_not_propose(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        make_proposal(cast.programme, getattr(cast, who))
    assert not Decision.objects.exists()


def test_a_proposal_is_put_to_a_board_of_its_own_programme(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        make_proposal(cast.programme, cast.manager, board=make_board())
    assert refused.value.field == "board"


def test_options_are_changed_added_and_dropped_together(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    first, second = decision.options.all()
    offered = [
        OfferedOption("Open none", "Saves all of it.", "Nobody is helped."),
        OfferedOption("Open five hubs", costs="Six regions wait.", is_recommended=True, pk=second.pk),
    ]
    decisions.change_proposal(decision, by=cast.manager, options=offered)
    fresh = Decision.objects.with_parts().get(pk=decision.pk)
    assert [(o.name, o.is_recommended) for o in fresh.options_offered] == [
        ("Open none", False),
        ("Open five hubs", True),
    ]
    assert DecisionOption.objects.get(pk=first.pk).is_dropped


def test_the_second_of_two_people_changing_a_proposal_is_told(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    decisions.change_proposal(decision, by=cast.sro, question="How many hubs, and where?")
    with pytest.raises(ChangedMeanwhile):
        decisions.change_proposal(decision, by=cast.manager, question="How many?", seen_version=0)


def test_a_proposal_is_withdrawn_with_a_reason(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    with pytest.raises(RuleBroken, match="why"):
        decisions.withdraw_proposal(decision, by=cast.manager, reason=" ")
    assert decisions.withdraw_proposal(decision, by=cast.manager, reason="Settled by law").status == Status.WITHDRAWN
    with pytest.raises(RuleBroken, match="withdrawn"):
        decisions.make_decision(decision, by=cast.sro, decision_words="Eleven", rationale="Because")


# --- deciding --------------------------------------------------------------------------------


def test_the_sro_decides_with_a_reason(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    decision = decisions.make_decision(
        proposal, by=cast.sro, chosen=proposal.options.first(), rationale="Every region needs one.",
        authority="SRO's letter, paragraph 4", financial_effect=Figure(Decimal(4_200_000), FigureState.KNOWN),
    )  # fmt: skip
    assert (decision.status, decision.decision, decision.decided_by) == (Status.MADE, "Open eleven hubs", cast.sro)
    assert decision.decided_on == today()
    assert decision.financial_effect_figure.amount == Decimal(4_200_000)
    assert Event.objects.filter(kind="decision_made", person_name=cast.sro.name).count() == 1


def test_the_lead_accounting_officer_may_decide_too(cast: Cast) -> None:
    assert make_decision(cast.programme, cast.manager, cast.ao).decided_by == cast.ao


@pytest.mark.parametrize("who", ["manager", "contributor", "viewer", "administrator", "auditor", "centre", "outsider"])
def test_nobody_else_decides(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        make_decision(cast.programme, cast.manager, getattr(cast, who))
    assert Decision.objects.get().is_proposed


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rationale": " "}, "rationale"),
        ({"decision_words": ""}, "decision_words"),
        ({"decided_on": date(2100, 1, 1)}, "decided_on"),
    ],
)
def test_a_decision_needs_words_a_reason_and_a_day_that_has_come(cast: Cast, given, field) -> None:
    answers = {"rationale": "Because", "decision_words": "Eleven", **given}
    with pytest.raises(RuleBroken) as refused:
        decisions.make_decision(make_proposal(cast.programme, cast.manager), by=cast.sro, **answers)
    assert refused.value.field == field


def test_the_option_chosen_is_one_of_this_decision(cast: Cast) -> None:
    other = make_proposal(cast.programme, cast.manager).options.first()
    with pytest.raises(RuleBroken) as refused:
        decisions.make_decision(make_proposal(cast.programme, cast.manager), by=cast.sro, chosen=other, rationale="x")
    assert refused.value.field == "chosen"


def test_two_people_deciding_at_once_make_one_decision(cast: Cast) -> None:
    decision = make_decision(cast.programme, cast.manager, cast.sro)
    with pytest.raises(RuleBroken, match="never edited"):
        decisions.make_decision(decision, by=cast.ao, decision_words="Five", rationale="Cheaper")
    assert Event.objects.filter(kind="decision_made").count() == 1


# --- positions -------------------------------------------------------------------------------


def test_a_partner_records_its_own_departments_position_and_no_other(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    own = positions.record_position(
        decision, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Takes money from prevention."
    )
    assert (own.stance, own.recorded_by) == ("DISSENTS", cast.contributor)
    with pytest.raises(PermissionDenied):
        positions.record_position(decision, cast.moj, by=cast.contributor, stance="AGREES")
    assert positions.departments_to_speak_for(cast.contributor, decision) == [cast.dwp]


def test_a_department_changes_its_mind_while_the_decision_is_open(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    positions.record_position(decision, cast.dwp, by=cast.contributor, stance="AGREES")
    positions.record_position(decision, cast.dwp, by=cast.contributor, stance="DISSENTS", words="We looked again.")
    position = decision.positions.get()
    assert (position.stance, position.history.count()) == ("DISSENTS", 2)


def test_a_dissent_says_why(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    with pytest.raises(RuleBroken) as refused:
        positions.record_position(decision, cast.dwp, by=cast.contributor, stance="DISSENTS")
    assert refused.value.field == "words"


def test_sponsors_and_board_members_speak_for_their_department(cast: Cast) -> None:
    sponsor, member = make_person("", "", cast.dhsc), make_person("", "", cast.home_office)
    make_appointment(cast.programme, sponsor, "senior_sponsor", department=cast.dhsc)
    board = make_board(cast.programme)
    make_seat(board, member)
    decision = make_proposal(cast.programme, cast.manager, board=board)
    assert positions.departments_to_speak_for(sponsor, decision) == [cast.dhsc]
    assert positions.departments_to_speak_for(member, decision) == [cast.home_office]
    assert positions.departments_to_speak_for(member, make_proposal(cast.programme, cast.manager)) == []
    assert positions.record_position(decision, cast.home_office, by=member, stance="AGREES").recorded_by == member


def test_those_who_run_the_programme_note_what_departments_said(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    assert len(positions.departments_to_speak_for(cast.manager, decision)) == 5
    noted = positions.record_position(decision, cast.moj, by=cast.manager, stance="ABSENT")
    assert noted.recorded_by == cast.manager
    with pytest.raises(RuleBroken, match="no part"):
        positions.record_position(decision, cast.dft, by=cast.manager, stance="AGREES")


def test_those_who_run_the_programme_do_not_change_what_a_department_said_itself(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    own = positions.record_position(decision, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Our money.")
    assert own.noted_by == ""
    for who in (cast.manager, cast.sro):
        with pytest.raises(PermissionDenied, match="Only its own people"):
            positions.record_position(decision, cast.dwp, by=who, stance="AGREES")
        fresh = Decision.objects.get(pk=decision.pk)
        assert cast.dwp not in positions.departments_to_speak_for(who, fresh)
    assert decision.positions.get().words == "Our money."


def test_a_department_replaces_what_the_lead_noted_and_then_has_the_word(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    noted = positions.record_position(decision, cast.dwp, by=cast.manager, stance="ABSENT")
    assert noted.noted_by == "noted by Maya Managewell of MHCLG"
    positions.record_position(decision, cast.dwp, by=cast.manager, stance="CONSULTED")
    own = positions.record_position(decision, cast.dwp, by=cast.contributor, stance="DISSENTS", words="No.")
    assert own.noted_by == ""
    with pytest.raises(PermissionDenied):
        positions.record_position(decision, cast.dwp, by=cast.manager, stance="AGREES")


def test_what_was_noted_stays_so_when_its_writer_moves_to_that_department(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    positions.record_position(decision, cast.dwp, by=cast.manager, stance="ABSENT")
    with acting(cast.platform, "Moved"):
        cast.manager.home_department = cast.dwp
        cast.manager.save()
    assert decision.positions.get().noted_by == "noted by Maya Managewell of MHCLG"


def test_the_lead_speaks_for_its_own_department(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    for who in (cast.manager, cast.sro):
        assert positions.record_position(decision, cast.mhclg, by=who, stance="AGREES").is_its_own


@pytest.mark.parametrize("who", ["viewer", "auditor", "centre", "outsider", "platform", "administrator"])
def test_those_who_only_read_record_no_position(cast: Cast, who: str) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    for department in (cast.mhclg, cast.dwp, cast.moj):
        with pytest.raises(PermissionDenied):
            positions.record_position(decision, department, by=getattr(cast, who), stance="AGREES")


# --- sight -----------------------------------------------------------------------------------


def test_a_sensitive_decision_is_hidden_with_its_options_and_positions(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE")
    positions.record_position(decision, cast.mhclg, by=cast.manager, stance="AGREES")
    for model in (Decision, DecisionOption, DecisionPosition):
        for who in ("viewer", "contributor", "centre", "outsider", "platform"):
            assert not model.objects.visible_to(getattr(cast, who)).exists(), who
        for who in ("manager", "sro", "ao", "auditor"):
            assert model.objects.visible_to(getattr(cast, who)).exists(), who


def test_a_board_member_sees_what_their_board_decides(cast: Cast) -> None:
    member = make_person("", "", cast.dft)
    board = make_board(cast.programme)
    make_seat(board, member)
    theirs = make_proposal(cast.programme, cast.manager, board=board)
    make_proposal(cast.programme, cast.manager)
    make_proposal(cast.programme, cast.manager, board=board, marking="OFFICIAL_SENSITIVE")
    assert list(Decision.objects.visible_to(member)) == [theirs]


def test_what_changed_since_the_last_pack(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    standing = make_decision(cast.programme, cast.manager, cast.sro)
    moment = now()
    new = make_decision(cast.programme, cast.manager, cast.sro, supersedes=old)
    assert set(Decision.objects.changed_since(moment, moment)) == {old, new}
    assert set(Decision.objects.changed_since(None, None)) == {old, standing, new}
