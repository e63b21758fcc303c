"""Two people change who is in a programme at the same moment."""

import pytest

from programmes.actions import appoint, end_appointment, withdraw_department
from programmes.models import Appointment, Party
from tests.at_once import together
from tests.cast import assemble
from tests.factories import make_appointment, make_person
from xgov.access import grants
from xgov.accounts.actions import stop_person
from xgov.records.errors import RuleBroken


@pytest.mark.django_db(transaction=True)
def test_a_department_leaves_while_somebody_is_appointed_and_somebody_else_ends() -> None:
    cast = assemble()
    party = Party.objects.get(department=cast.dwp)
    leaving = make_appointment(cast.programme, make_person(department=cast.mhclg), "auditor")
    newcomer = make_person(department=cast.mhclg)
    wrong = together(
        lambda: withdraw_department(party, by=cast.manager, reason="The policy moved"),
        lambda: end_appointment(leaving, by=cast.manager, reason="Done"),
        lambda: appoint(cast.programme, newcomer, "auditor", by=cast.manager),
    )
    assert wrong == []
    assert not grants.drift_at(cast.programme)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_stopped_while_being_appointed_holds_nothing_afterwards() -> None:
    cast = assemble()
    person = make_person(department=cast.mhclg)
    wrong = together(
        lambda: stop_person(person, by=cast.administrator, reason="Left"),
        lambda: appoint(cast.programme, person, "auditor", by=cast.manager),
    )
    assert all(isinstance(each, RuleBroken) for each in wrong)  # if the appointment came second
    assert not grants.drift_at(cast.programme)
    assert not cast.programme.user_grants.filter(user=person).exists()
    assert Appointment.objects.filter(person=person).count() == 1 - len(wrong)
