"""What was decided stays as it was: nothing edits it, a new decision takes its place."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError

from governance.actions import decisions, positions
from governance.actions.decisions import OfferedOption
from governance.models import Decision, DecisionOption, DecisionPosition
from tests.another_program import REFUSED, as_another_program, writing_over
from tests.cast import Cast
from tests.factories import make_appointment, make_programme
from tests.factories.decisions import make_decision, make_proposal
from xgov.records import fixed
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import HistoryBypassed, RuleBroken

Status = Decision.Status


# --- once made -------------------------------------------------------------------------------


def test_a_made_decision_is_not_edited_by_any_action(cast: Cast) -> None:
    decision = make_decision(cast.programme, cast.manager, cast.sro)
    with pytest.raises(RuleBroken, match="Supersede it"):
        decisions.change_proposal(decision, by=cast.sro, question="Another question")
    with pytest.raises(RuleBroken, match="Supersede it"):
        decisions.withdraw_proposal(decision, by=cast.sro, reason="Regret")
    with pytest.raises(RuleBroken, match="stay as they were"):
        positions.record_position(decision, cast.dwp, by=cast.contributor, stance="DISSENTS", words="No")


def test_a_made_decision_is_not_edited_by_saving_it(cast: Cast) -> None:
    decision = make_decision(cast.programme, cast.manager, cast.sro)
    for field, value in {
        "rationale": "Other",
        "decided_on": today() - timedelta(1),
        "marking": "OFFICIAL_SENSITIVE",
    }.items():
        changed = Decision.objects.get(pk=decision.pk)
        setattr(changed, field, value)
        with acting(cast.sro), pytest.raises(HistoryBypassed):
            changed.save()
        with acting(cast.sro), pytest.raises(HistoryBypassed):
            changed.save(update_fields=[field])
        with acting(cast.sro), pytest.raises(HistoryBypassed):
            Decision.objects.save_many([changed], [field])
    reopened = Decision.objects.get(pk=decision.pk)
    reopened.status = Status.PROPOSED
    with acting(cast.sro), pytest.raises(HistoryBypassed):
        reopened.save()


def test_the_options_and_positions_of_a_made_decision_stay(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    position = positions.record_position(proposal, cast.dwp, by=cast.contributor, stance="AGREES")
    decision = decisions.make_decision(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="Because")
    option = decision.options.first()
    option.costs, position.stance = "None at all", "DISSENTS"
    late = DecisionOption(decision=decision, programme=cast.programme, position=3, name="A late idea")
    for part in (option, position, late):
        with acting(cast.sro), pytest.raises(HistoryBypassed):
            part.save()
    with acting(cast.sro), pytest.raises(HistoryBypassed):
        DecisionOption.objects.create_many([late])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE governance_decision SET rationale = 'Other'",
        "UPDATE governance_decision SET status = 'PROPOSED'",
        "DELETE FROM governance_decision",
        "UPDATE governance_decisionoption SET costs = 'None'",
        "DELETE FROM governance_decisionposition",
        "UPDATE governance_decisionposition SET stance = 'DISSENTS'",
        writing_over("governance_decision"),
        writing_over("governance_decisionoption"),
    ],
)
def test_the_database_itself_refuses_to_edit_a_made_decision(cast: Cast, statement: str) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    positions.record_position(proposal, cast.dwp, by=cast.contributor, stance="AGREES")
    decisions.make_decision(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="Because")
    fixed.protect([Decision, DecisionOption, DecisionPosition])
    with as_another_program() as cursor, pytest.raises(Error, match=REFUSED):
        cursor.execute(statement)


def test_with_the_triggers_on_everything_that_may_happen_still_does(cast: Cast) -> None:
    fixed.protect([Decision, DecisionOption, DecisionPosition])
    old = make_decision(cast.programme, cast.manager, cast.sro)
    new = make_decision(cast.programme, cast.manager, cast.sro, supersedes=old)
    decisions.change_proposal(make_proposal(cast.programme, cast.manager), by=cast.sro, options=[OfferedOption("One")])
    old.refresh_from_db()
    assert (old.status, new.status) == (Status.SUPERSEDED, Status.MADE)


# --- superseding -----------------------------------------------------------------------------


def test_a_decision_is_superseded_by_a_new_one_that_points_to_it(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    proposal = make_proposal(cast.programme, cast.manager, supersedes=old, question="Five hubs or eleven?")
    old.refresh_from_db()
    assert old.status == Status.MADE  # it stands until the new one is made
    new = decisions.make_decision(proposal, by=cast.sro, decision_words="Five", rationale="The money went elsewhere")
    old.refresh_from_db()
    assert (old.status, new.supersedes, old.successors.get()) == (Status.SUPERSEDED, old, new)
    assert old.rationale == "People sleep rough in every region."
    assert old.history.first().history_change_reason == "Superseded by D-002"


def test_a_decision_has_one_successor(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    first = make_proposal(cast.programme, cast.manager, supersedes=old)
    with pytest.raises(RuleBroken, match="D-002 is already proposed"):
        make_proposal(cast.programme, cast.manager, supersedes=old)
    with acting(cast.manager), pytest.raises(IntegrityError):
        Decision.objects.create(programme=cast.programme, reference="D-009", question="?", supersedes=old)
    assert first.supersedes == old


def test_only_what_stands_in_this_programme_is_superseded(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    with pytest.raises(RuleBroken, match="stands"):
        make_proposal(cast.programme, cast.manager, supersedes=proposal)
    elsewhere = make_programme(cast.mhclg)
    make_appointment(elsewhere, cast.sro, "sro")
    with pytest.raises(RuleBroken, match="no such decision"):
        make_proposal(cast.programme, cast.manager, supersedes=make_decision(elsewhere, cast.manager, cast.sro))


@pytest.mark.parametrize("years", [0, 100])
def test_a_decision_is_not_dated_before_it_was_proposed(cast: Cast, years: int) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    day = today().replace(year=today().year - years, day=1) - timedelta(days=1)
    with pytest.raises(RuleBroken, match="cannot be before") as refused:
        make_decision(cast.programme, cast.manager, cast.sro, supersedes=old, decided_on=day)
    assert refused.value.field == "decided_on"
    assert make_decision(cast.programme, cast.manager, cast.sro, decided_on=today()).decided_on == today()
