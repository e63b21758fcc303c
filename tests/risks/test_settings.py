"""The departments agree on how the register works; what was agreed is kept, and decides how risks are scored."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from programmes.actions import withdraw_department
from programmes.models import Party, Programme
from risks import actions
from risks.actions.revaluing import effect_of
from risks.agreeing import positions_on, waiting_for
from risks.models import Escalation, RegisterSettings, Risk
from risks.register_terms import DEFAULT_TERMS, terms_of
from risks.trail import score_trail
from tests.cast import Cast
from tests.factories import make_appetite, make_membership, make_party, make_person, make_programme, make_risk
from tests.risks.settings_terms import NATIONAL, WEIGHTED, WITH_WINTER
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.errors import HistoryBypassed, RuleBroken


@pytest.fixture
def small(cast: Cast) -> Programme:
    """MHCLG leads, DWP joins: two departments that have to agree."""
    return make_programme(cast.mhclg, (cast.dwp,), reference="RS-010")


@pytest.fixture
def partner(cast: Cast) -> User:
    person = make_person(name="Pia Partner", department=cast.dwp)
    make_membership(person, cast.dwp, "programme_manager")
    return person


def agree(settings: RegisterSettings, department: Department, person: User) -> RegisterSettings:
    return actions.answer_settings(settings, department, by=person, answer="AGREED")


def put_in_force(programme: Programme, terms, cast: Cast, partner: User) -> RegisterSettings:
    settings = actions.propose_settings(programme, terms, by=cast.manager, why="Impact matters more to us.")
    agree(settings, cast.mhclg, cast.manager)
    return agree(settings, cast.dwp, partner)


def test_a_new_programme_works_by_the_local_default(small: Programme) -> None:
    assert terms_of(small) == DEFAULT_TERMS
    assert terms_of(small).is_default


def test_settings_are_in_force_once_the_last_department_agrees(small: Programme, cast: Cast, partner: User) -> None:
    settings = actions.propose_settings(small, WITH_WINTER, by=cast.manager, why="Winter is what we fear.")
    assert not agree(settings, cast.mhclg, cast.manager).is_in_force
    assert terms_of(small).is_default
    assert agree(settings, cast.dwp, partner).is_in_force
    assert terms_of(small) == replace(WITH_WINTER, version=1)
    assert [position.has_agreed for position in positions_on(settings)] == [True, True]


def test_an_objection_holds_a_version_up_until_the_department_agrees(
    small: Programme, cast: Cast, partner: User
) -> None:
    settings = actions.propose_settings(small, WEIGHTED, by=cast.manager, why="Impact matters more.")
    agree(settings, cast.mhclg, cast.manager)
    with pytest.raises(RuleBroken, match="objects to"):
        actions.answer_settings(settings, cast.dwp, by=partner, answer="OBJECTED", said=" ")
    actions.answer_settings(settings, cast.dwp, by=partner, answer="OBJECTED", said="Too many would be very high.")
    assert RegisterSettings.objects.get().is_proposed
    assert agree(settings, cast.dwp, partner).is_in_force
    assert settings.agreements.get(department=cast.dwp).history.count() == 2


def test_nobody_answers_for_a_department_but_its_programme_managers_and_the_leads_sro(cast: Cast) -> None:
    settings = actions.propose_settings(cast.programme, WEIGHTED, by=cast.sro, why="Impact matters more.")
    for person, department in (
        (cast.contributor, cast.dwp),  # of DWP, and no manager of it
        (cast.manager, cast.dwp),  # runs the programme, and is not of DWP
        (cast.sro, cast.dwp),
        (cast.outsider, cast.dft),  # a manager of a department that is no party
        (cast.viewer, cast.moj),
    ):
        with pytest.raises(PermissionDenied):
            agree(settings, department, person)
    assert agree(settings, cast.mhclg, cast.sro).is_proposed


def test_a_partner_does_not_propose(small: Programme, partner: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.propose_settings(small, WEIGHTED, by=partner, why="We want it so.")


def test_only_one_version_is_proposed_at_a_time(small: Programme, cast: Cast) -> None:
    settings = actions.propose_settings(small, WEIGHTED, by=cast.manager, why="Impact matters more.")
    with pytest.raises(RuleBroken, match="Version 1 waits"):
        actions.propose_settings(small, WITH_WINTER, by=cast.manager, why="Winter.")
    actions.withdraw_settings(settings, by=cast.manager, reason="A cell was wrong.")
    assert actions.propose_settings(small, WITH_WINTER, by=cast.manager, why="Winter.").version == 2


def test_what_is_wrong_or_the_same_is_not_put_to_the_departments(small: Programme, cast: Cast, partner: User) -> None:
    crooked = replace(
        DEFAULT_TERMS, scale=replace(DEFAULT_TERMS.scale, matrix=((9, 2, 3, 4, 5), *DEFAULT_TERMS.scale.matrix[1:]))
    )
    with pytest.raises(RuleBroken, match="must not score lower"):
        actions.propose_settings(small, crooked, by=cast.manager, why="A slip.")
    with pytest.raises(RuleBroken, match="why"):
        actions.propose_settings(small, WEIGHTED, by=cast.manager, why=" ")
    put_in_force(small, WEIGHTED, cast, partner)
    with pytest.raises(RuleBroken, match="Nothing differs"):
        actions.propose_settings(small, WEIGHTED, by=cast.manager, why="Again.")


def test_a_department_that_joins_while_it_is_proposed_is_asked_too(small: Programme, cast: Cast, partner: User) -> None:
    settings = actions.propose_settings(small, WEIGHTED, by=cast.manager, why="Impact matters more.")
    agree(settings, cast.mhclg, cast.manager)
    make_party(small, cast.dft, status=Party.Status.ACCEPTED)
    assert agree(settings, cast.dwp, partner).is_proposed
    assert waiting_for(cast.outsider) == [(settings, cast.dft)]
    assert agree(settings, cast.dft, cast.outsider).is_in_force
    assert waiting_for(cast.outsider) == []


def test_a_department_that_joins_later_is_asked_and_the_settings_stay_in_force(
    small: Programme, cast: Cast, partner: User
) -> None:
    settings = put_in_force(small, WEIGHTED, cast, partner)
    make_party(small, cast.dft, status=Party.Status.ACCEPTED)
    assert waiting_for(cast.outsider) == [(settings, cast.dft)]
    agree(settings, cast.dft, cast.outsider)
    assert terms_of(small).version == 1
    with pytest.raises(RuleBroken, match="in force"):
        agree(settings, cast.dft, cast.outsider)


def test_a_department_that_has_left_no_longer_counts(small: Programme, cast: Cast) -> None:
    settings = actions.propose_settings(small, WEIGHTED, by=cast.manager, why="Impact matters more.")
    agree(settings, cast.mhclg, cast.manager)
    with pytest.raises(RuleBroken, match="Not every department"):
        actions.bring_settings_into_force(settings, by=cast.manager)
    withdraw_department(small.parties.get(department=cast.dwp), by=cast.manager, reason="No money.")
    assert actions.bring_settings_into_force(settings, by=cast.manager).is_in_force


def test_a_superseded_version_is_kept_as_it_was(small: Programme, cast: Cast, partner: User) -> None:
    first = put_in_force(small, WEIGHTED, cast, partner)
    put_in_force(small, WITH_WINTER, cast, partner)
    first = RegisterSettings.objects.get(pk=first.pk)
    assert first.status == "SUPERSEDED"
    assert first.agreed_terms.scale.matrix == WEIGHTED.scale.matrix
    assert terms_of(small).version == 2
    first.terms = {}
    with pytest.raises(HistoryBypassed), acting(cast.manager, "A better text."):
        first.save()


def test_risks_are_valued_anew_with_a_trail_and_escalate(small: Programme, cast: Cast, partner: User) -> None:
    make_appetite(small, limit=12)
    grave = make_risk(small, cast.dwp, cast.contributor, inherent=(4, 4), residual=(2, 5), target=(1, 1))
    mild = make_risk(small, cast.dwp, cast.contributor, inherent=(4, 4), residual=(2, 2), target=(1, 1))
    ended = make_risk(small, cast.dwp, cast.contributor, residual=(2, 5), inherent=(2, 5), status="CLOSED")
    assert grave.residual_score == 10
    foretold = effect_of(small, WEIGHTED, cast.manager)
    assert (foretold.valued_anew, foretold.escalating, foretold.returning) == (1, 1, 0)
    assert not Escalation.objects.live().exists()
    put_in_force(small, WEIGHTED, cast, partner)
    assert {each.risk for each in Escalation.objects.live()} == {grave}
    grave.refresh_from_db()
    assert (grave.residual_score, grave.residual_band) == (14, "HIGH")
    newest = score_trail(grave)[0]
    assert newest.by == "Register settings"
    assert "version 1" in newest.reason
    assert "Impact matters more to us." in newest.reason
    assert [mild.history.count(), mild.history.first().residual_score] == [2, 4]  # what limits it now is written
    assert ended.history.count() == 1
    ended.refresh_from_db()
    assert ended.residual_score == 10
    assert Risk.objects.filter(programme=small).above_appetite().get() == grave


def test_scores_on_another_scale_are_never_mixed(small: Programme, cast: Cast, partner: User) -> None:
    risk = make_risk(small, cast.dwp, cast.contributor, inherent=(5, 5), residual=(4, 4), target=(2, 2))
    put_in_force(small, NATIONAL, cast, partner)
    risk.refresh_from_db()
    assert (risk.scale, risk.residual_score) == ("5X5", 16)
    with pytest.raises(RuleBroken, match="inherent"):
        actions.rescore_risk(risk, by=partner, reason="On the new scale.", residual=(4, 4))
    risk = actions.rescore_risk(risk, by=partner, reason="On the new scale.", residual=(4, 4), inherent=(5, 5))
    assert (risk.scale, risk.residual_score, risk.residual_band) == ("NRR", 18, "VERY_HIGH")
    assert not risk.target  # it was never scored on this scale
    assert [(step.residual.scale, step.residual.value) for step in score_trail(risk)] == [("NRR", 18), ("5X5", 16)]
