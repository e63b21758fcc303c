"""Who may, and whether it is possible, is decided on the row as it is, not on the one the page was made of."""

import pytest
from django.core.exceptions import PermissionDenied

from datasharing.actions import change_dataset, withdraw_dataset
from datasharing.models import Dataset
from programmes.actions import change_programme, change_status, end_appointment
from programmes.models import Appointment, Programme
from risks.actions import add_risk
from tests.cast import Cast
from tests.factories import make_appointment, make_person
from tests.factories.datasharing import make_dataset
from xgov.access.memory import remembering
from xgov.accounts.actions import end_role
from xgov.records.errors import RuleBroken


def test_a_dataset_handed_to_another_department_is_no_longer_theirs_to_change(cast: Cast) -> None:
    as_read = make_dataset(cast.programme, cast.dwp)
    change_dataset(Dataset.objects.get(), by=cast.manager, kept_by=cast.moj)
    for action in (change_dataset, withdraw_dataset):
        with pytest.raises(PermissionDenied):
            action(as_read, by=cast.contributor, reason="Not ours any more")


def test_who_loses_a_role_while_the_page_is_open_is_refused_though_the_page_asked_before(cast: Cast) -> None:
    with remembering():
        assert cast.programme.name
        change_programme(cast.programme, by=cast.manager, name="Still mine")
        end_role(cast.manager.memberships.get(), by=cast.administrator, reason="Moved")
        with pytest.raises(PermissionDenied):
            change_programme(cast.programme, by=cast.manager, name="No longer mine")


def test_nothing_is_added_to_a_programme_that_has_ended_since_it_was_read(cast: Cast) -> None:
    as_read = Programme.objects.get()
    change_status(cast.programme, "CANCELLED", by=cast.manager, reason="No money")
    with pytest.raises(RuleBroken, match="ended"):
        add_risk(as_read, by=cast.manager, as_draft=True, title="Too late", kept_by=cast.mhclg)


def test_of_two_who_end_an_appointment_the_second_is_told(cast: Cast) -> None:
    appointment = make_appointment(cast.programme, make_person(department=cast.mhclg), "programme_director")
    as_read = Appointment.objects.get(pk=appointment.pk)
    end_appointment(appointment, by=cast.manager, reason="Moved")
    with pytest.raises(RuleBroken, match="already ended"):
        end_appointment(as_read, by=cast.manager, reason="Moved")
