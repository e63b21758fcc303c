"""What a risk bears on."""

import pytest
from django.core.exceptions import PermissionDenied

from risks.actions import say_what_is_affected
from risks.models import AffectedDepartment, AffectedThing, Risk
from tests.cast import Cast
from tests.factories import make_programme
from xgov.access import grants
from xgov.records.errors import RuleBroken


def departments_of(risk: Risk) -> set[str]:
    return {str(row) for row in AffectedDepartment.objects.current().filter(risk=risk)}


def things_of(risk: Risk) -> set[tuple[str, str]]:
    return {(row.kind, row.name or row.project.name) for row in AffectedThing.objects.current().filter(risk=risk)}


def test_a_risk_bears_on_what_was_said_last(cast: Cast, leads_risk: Risk) -> None:
    say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.dwp, cast.moj], objectives=["Homes", " Homes "])
    say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.moj], projects=["Hostel contracts"])
    assert departments_of(leads_risk) == {"Ministry of Justice"}
    assert things_of(leads_risk) == {("PROJECT", "Hostel contracts")}
    assert AffectedDepartment.objects.filter(risk=leads_risk).count() == 2, "what ended is kept"


def test_saying_the_same_again_changes_nothing(cast: Cast, leads_risk: Risk) -> None:
    for _time in range(2):
        say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.dwp], objectives=["Homes"])
    assert AffectedDepartment.objects.get().history.count() == AffectedThing.objects.get().history.count() == 1


def test_what_was_taken_off_can_be_put_on_again(cast: Cast, leads_risk: Risk) -> None:
    for departments in ([cast.dwp], [], [cast.dwp]):
        say_what_is_affected(leads_risk, by=cast.manager, departments=departments)
    assert departments_of(leads_risk) == {cast.dwp.name}


def test_a_department_that_has_not_joined_is_not_affected(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="has not joined"):
        say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.dft])


def test_the_keeper_is_not_named_again(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="keeps this risk"):
        say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.mhclg])


def test_a_partner_does_not_say_what_the_leads_risk_bears_on(cast: Cast, leads_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        say_what_is_affected(leads_risk, by=cast.contributor, departments=[cast.dwp])


def test_a_project_that_the_person_does_not_see_stays_as_it_is(cast: Cast, leads_risk: Risk) -> None:
    hidden = make_programme(cast.dft, name="Night buses")
    with pytest.raises(PermissionDenied):
        say_what_is_affected(leads_risk, by=cast.manager, departments=[], projects=[hidden])
    shown = make_programme(cast.mhclg, name="Empty homes")
    grants.sync(shown)
    say_what_is_affected(leads_risk, by=cast.manager, departments=[], projects=[shown])
    say_what_is_affected(leads_risk, by=cast.sro, departments=[])
    assert things_of(leads_risk) == {("PROJECT", "Empty homes")}, "the SRO does not see it and so does not end it"
