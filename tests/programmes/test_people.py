from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from programmes.actions import appoint, end_appointment
from programmes.models import Appointment, Programme
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person, make_programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.accounts.tasks import stand_anew
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken


@pytest.fixture
def successor(cast: Cast) -> User:
    return make_person("next@mhclg.example", "Nadia Next", cast.mhclg)


def sro_of(programme: Programme) -> list[Appointment]:
    return list(Appointment.objects.filter(programme=programme, role="sro").order_by("since"))


def test_a_sponsor_is_appointed_for_their_department_and_may_sign(cast: Cast) -> None:
    sponsor = make_person("sponsor@dwp.example", "Sonia Sponsor", cast.dwp)
    appoint(cast.programme, sponsor, "senior_sponsor", department=cast.dwp, by=cast.manager)
    assert rules.acting_for(sponsor, Permission.SIGN, cast.programme) == {cast.dwp.pk}
    assert not grants.drift_at(cast.programme)


def test_an_sro_is_succeeded_without_gap_or_overlap(cast: Cast, successor: User) -> None:
    with time_machine.travel("2027-03-01T09:00:00Z"):
        appoint(cast.programme, successor, "sro", by=cast.manager, reason="Sara retires", time_percent=60)
    before, after = sro_of(cast.programme)
    assert before.until == after.since == date(2027, 3, 1)
    assert before.end_reason == "Succeeded by Nadia Next. Sara retires"
    assert not rules.can(cast.sro, Permission.VIEW, cast.programme)
    assert rules.can(successor, Permission.DECIDE, cast.programme)


def test_a_successor_needs_a_reason(cast: Cast, successor: User) -> None:
    with time_machine.travel("2027-03-01T09:00:00Z"), pytest.raises(RuleBroken) as refused:
        appoint(cast.programme, successor, "sro", by=cast.manager)
    assert refused.value.field == "reason"
    assert len(sro_of(cast.programme)) == 1


def test_two_sros_never_overlap(cast: Cast, successor: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        appoint(cast.programme, successor, "sro", by=cast.manager, since=date(2020, 1, 1), reason="Backdated")
    assert refused.value.field == "since"


def test_an_appointment_of_next_month_holds_from_its_first_day(cast: Cast, successor: User) -> None:
    with time_machine.travel("2027-03-01T09:00:00Z"):
        appoint(cast.programme, successor, "programme_director", by=cast.manager, since=date(2027, 4, 1))
        assert not rules.can(successor, Permission.VIEW, cast.programme)
    with time_machine.travel("2027-04-01T00:10:00+01:00"):
        stand_anew()
        assert rules.can(successor, Permission.MANAGE, cast.programme)


def test_an_appointment_that_ran_out_gives_nothing_after_the_nightly_check(cast: Cast, successor: User) -> None:
    with time_machine.travel("2027-03-01T09:00:00Z"):
        appoint(cast.programme, successor, "auditor", by=cast.manager, until=date(2027, 3, 5))
        assert rules.can(successor, Permission.AUDIT, cast.programme)
    with time_machine.travel("2027-03-05T00:10:00Z"):
        stand_anew()
        assert not rules.can(successor, Permission.VIEW, cast.programme)


@pytest.mark.parametrize(
    ("role", "said", "field"),
    [
        ("board_member", {}, "role"),
        ("king", {}, "role"),
        ("programme_director", {"since": date(2027, 5, 2), "until": date(2027, 5, 1)}, "until"),
        ("programme_director", {"since": date(2027, 5, 1), "until": date(2027, 5, 1)}, "until"),
        ("programme_director", {"time_percent": 0}, "time_percent"),
        ("programme_director", {"time_percent": 101}, "time_percent"),
        ("finance_lead", {}, "department"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(
    cast: Cast, successor: User, role: str, said: dict, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        appoint(cast.programme, successor, role, by=cast.manager, **said)
    assert refused.value.field == field


def test_a_department_that_has_not_joined_has_no_leads_here(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        appoint(cast.programme, cast.outsider, "data_lead", department=cast.dft, by=cast.manager)
    assert refused.value.field == "department"


def test_nobody_of_another_department_is_appointed_to_act_or_to_sign_for_a_partner(cast: Cast, successor: User) -> None:
    with pytest.raises(RuleBroken, match="is not of this department") as refused:
        appoint(cast.programme, successor, "senior_sponsor", department=cast.dwp, by=cast.manager)
    assert refused.value.field == "person"
    make_membership(successor, cast.dwp, "contributor")  # as its administrator gives it
    appoint(cast.programme, successor, "senior_sponsor", department=cast.dwp, by=cast.manager)
    assert rules.acting_for(successor, Permission.SIGN, cast.programme) == {cast.dwp.pk}


def test_the_lead_accounting_officer_is_of_the_lead_department(cast: Cast) -> None:
    other = make_programme(cast.mhclg, (cast.dwp,))
    with pytest.raises(RuleBroken) as refused:
        appoint(other, cast.viewer, "lead_accounting_officer", department=cast.dwp, by=cast.manager)
    assert refused.value.field == "department"


def test_an_sro_from_a_partner_needs_a_reason(cast: Cast) -> None:
    other = make_programme(cast.mhclg, (cast.dwp,))
    with pytest.raises(RuleBroken) as refused:
        appoint(other, cast.contributor, "sro", by=cast.manager)
    assert refused.value.field == "reason"
    appoint(other, cast.contributor, "sro", by=cast.manager, reason="DWP has the larger share of the work")


def test_nobody_appoints_themselves_or_somebody_who_left(cast: Cast, successor: User) -> None:
    with pytest.raises(RuleBroken, match="yourself"):
        appoint(cast.programme, cast.manager, "programme_director", by=cast.manager)
    with acting(SETTING_THE_SCENE):
        successor.is_active = False
        successor.save()
    with pytest.raises(RuleBroken, match="no longer sign in"):
        appoint(cast.programme, successor, "programme_director", by=cast.manager)


def test_nobody_holds_the_same_role_twice(cast: Cast, successor: User) -> None:
    appoint(cast.programme, successor, "auditor", by=cast.manager)
    with pytest.raises(RuleBroken, match="already holds"):
        appoint(cast.programme, successor, "auditor", by=cast.manager)


def test_an_sro_has_one_hundred_percent_of_their_time(cast: Cast, successor: User) -> None:
    one, two = make_programme(cast.mhclg), make_programme(cast.mhclg)
    appoint(one, successor, "sro", by=cast.manager, time_percent=70)
    with pytest.raises(RuleBroken) as refused:
        appoint(two, successor, "sro", by=cast.manager, time_percent=40)
    assert refused.value.field == "time_percent"
    appoint(two, successor, "sro", by=cast.manager, time_percent=30)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "administrator"])
def test_only_those_who_run_the_programme_appoint_and_end(cast: Cast, successor: User, who: str) -> None:
    with pytest.raises(PermissionDenied):
        appoint(cast.programme, successor, "programme_director", by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        end_appointment(sro_of(cast.programme)[0], by=getattr(cast, who), reason="Gone")


def test_a_role_ends_with_a_reason_and_its_rights_with_it(cast: Cast) -> None:
    held = Appointment.objects.get(person=cast.auditor)
    with pytest.raises(RuleBroken):
        end_appointment(held, by=cast.manager, reason="")
    end_appointment(held, by=cast.manager, reason="The audit is done")
    assert not Programme.objects.visible_to(cast.auditor).exists()
    with pytest.raises(RuleBroken, match="already ended"):
        end_appointment(held, by=cast.manager, reason="Again")


def test_a_role_does_not_end_in_the_past(cast: Cast) -> None:
    held = Appointment.objects.get(person=cast.auditor)
    with pytest.raises(RuleBroken) as refused:
        end_appointment(held, by=cast.manager, reason="Done", on=date(2020, 1, 1))
    assert refused.value.field == "on"


def test_a_programme_in_delivery_is_never_without_an_sro(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.status = Programme.Status.DELIVERING
        cast.programme.save()
    with pytest.raises(RuleBroken, match="successor"):
        end_appointment(sro_of(cast.programme)[0], by=cast.manager, reason="Leaves", on=today())


@pytest.mark.parametrize("on", [None, date(2027, 3, 20), date(2027, 4, 1)])
def test_a_term_that_is_cancelled_before_it_begins_stands_in_nobodys_way(
    cast: Cast, successor: User, on: date | None
) -> None:
    other = make_programme(cast.mhclg)
    with time_machine.travel("2027-03-01T09:00:00Z"):
        planned = appoint(other, successor, "sro", by=cast.manager, since=date(2027, 4, 1))
        end_appointment(planned, by=cast.manager, reason="A mistake", on=on)
        with pytest.raises(RuleBroken, match="already ended"):
            end_appointment(planned, by=cast.manager, reason="Again")
        appoint(other, cast.viewer, "sro", by=cast.manager, reason="Knows the work")
        page = client_of(cast.manager).get(f"/programmes/{other.reference}/people/").content.decode()
    assert "Nadia Next" not in page
    assert rules.can(cast.viewer, Permission.DECIDE, other)


def test_a_succession_that_is_cancelled_leaves_the_holder_in_the_role(cast: Cast, successor: User) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.status = Programme.Status.DELIVERING
        cast.programme.save()
    with time_machine.travel("2027-03-01T09:00:00Z"):
        planned = appoint(
            cast.programme, successor, "sro", by=cast.manager, since=date(2027, 4, 1), reason="Sara retires"
        )
        assert sro_of(cast.programme)[0].until == date(2027, 4, 1)
        end_appointment(planned, by=cast.manager, reason="Sara stays")
    before = sro_of(cast.programme)[0]
    assert (before.person, before.until, before.end_reason) == (cast.sro, None, "")


def test_a_term_of_the_past_is_not_cut_short_by_a_successor(cast: Cast, successor: User) -> None:
    with time_machine.travel("2027-03-01T09:00:00Z"):
        with pytest.raises(RuleBroken, match="what was done in it stands") as refused:
            appoint(cast.programme, successor, "sro", by=cast.manager, since=date(2027, 2, 1), reason="Since then")
        assert refused.value.field == "since"
        assert rules.can(cast.sro, Permission.DECIDE, cast.programme)
