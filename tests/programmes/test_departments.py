import pytest
from django.core.exceptions import PermissionDenied

from programmes.actions import (
    accept_invitation,
    appoint,
    decline_invitation,
    invite_department,
    withdraw_department,
)
from programmes.models import Appointment, Party, Programme
from tests.cast import Cast
from tests.factories import make_membership, make_person
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken


@pytest.fixture
def invitation(cast: Cast) -> Party:
    return invite_department(cast.programme, cast.dft, by=cast.manager, contribution="Stations and trains")


def test_an_invited_department_sees_the_invitation_and_not_the_programme(cast: Cast, invitation: Party) -> None:
    assert Party.objects.visible_to(cast.outsider).get() == invitation
    assert not Programme.objects.visible_to(cast.outsider).exists()
    assert not Appointment.objects.visible_to(cast.outsider).exists()


def test_only_a_programme_manager_sees_the_invitation_to_a_sensitive_programme(cast: Cast) -> None:
    cast.programme.marking = "OFFICIAL_SENSITIVE"
    with acting(SETTING_THE_SCENE):
        cast.programme.save()
    invite_department(cast.programme, cast.dft, by=cast.manager)
    reader = make_person("reader@dft.example", "Rita Reads", cast.dft)
    make_membership(reader, cast.dft, "viewer")
    assert Party.objects.visible_to(cast.outsider).count() == 1
    assert not Party.objects.visible_to(reader).exists()
    assert not Party.objects.visible_to(cast.centre).exists()


def test_a_programme_manager_of_the_invited_department_accepts_for_it(cast: Cast, invitation: Party) -> None:
    party = accept_invitation(invitation, by=cast.outsider)
    assert (party.status, party.answered_by) == (Party.Status.ACCEPTED, cast.outsider)
    assert rules.permissions_on(cast.outsider, cast.programme) >= {Permission.VIEW, Permission.CONTRIBUTE}
    assert not rules.can(cast.outsider, Permission.MANAGE, cast.programme)
    assert not grants.drift_at(cast.programme)


@pytest.mark.parametrize(
    "who", ["manager", "contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform"]
)
def test_nobody_else_answers_for_the_invited_department(cast: Cast, invitation: Party, who: str) -> None:
    with pytest.raises(PermissionDenied):
        accept_invitation(invitation, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        decline_invitation(invitation, by=getattr(cast, who), reason="No")
    invitation.refresh_from_db()
    assert invitation.status == Party.Status.INVITED


def test_declining_needs_a_reason_and_gives_no_sight(cast: Cast, invitation: Party) -> None:
    with pytest.raises(RuleBroken):
        decline_invitation(invitation, by=cast.outsider, reason=" ")
    party = decline_invitation(invitation, by=cast.outsider, reason="No money this year")
    assert (party.status, party.answer_reason) == (Party.Status.DECLINED, "No money this year")
    assert not Programme.objects.visible_to(cast.outsider).exists()


def test_an_invitation_is_answered_once(cast: Cast, invitation: Party) -> None:
    accept_invitation(invitation, by=cast.outsider)
    with pytest.raises(RuleBroken, match="no longer open"):
        accept_invitation(invitation, by=cast.outsider)
    with pytest.raises(RuleBroken, match="no longer open"):
        decline_invitation(invitation, by=cast.outsider, reason="No")


def test_a_department_is_not_invited_twice_nor_when_it_is_in(cast: Cast, invitation: Party) -> None:
    with pytest.raises(RuleBroken, match="already been invited"):
        invite_department(cast.programme, cast.dft, by=cast.manager)
    with pytest.raises(RuleBroken, match="already in"):
        invite_department(cast.programme, cast.dwp, by=cast.manager)


def test_a_department_that_declined_may_be_asked_again(cast: Cast, invitation: Party) -> None:
    decline_invitation(invitation, by=cast.outsider, reason="No money")
    again = invite_department(cast.programme, cast.dft, "SUPPORT", by=cast.manager)
    assert (again.pk, again.status, again.answer_reason) == (invitation.pk, Party.Status.INVITED, "")
    assert accept_invitation(again, by=cast.outsider).role == Party.Role.SUPPORT


def test_there_is_one_lead(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        invite_department(cast.programme, cast.dft, Party.Role.LEAD, by=cast.manager)


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "administrator"])
def test_only_those_who_run_the_programme_invite(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        invite_department(cast.programme, cast.dft, by=getattr(cast, who))


def test_a_partner_leaves_by_its_own_programme_manager_and_loses_sight(cast: Cast, partner_manager: User) -> None:
    sponsor = make_person("sponsor@dwp.example", "Sonia Sponsor", cast.dwp)
    appoint(cast.programme, sponsor, "senior_sponsor", department=cast.dwp, by=cast.manager)
    assert Programme.objects.visible_to(sponsor).exists()
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    withdraw_department(party, by=partner_manager, reason="The policy moved")
    for person in (partner_manager, cast.contributor, sponsor):
        assert not Programme.objects.visible_to(person).exists()
    ended = Appointment.objects.get(person=sponsor)
    assert ended.end_reason == "DWP left the programme."
    assert not grants.drift_at(cast.programme)


def test_the_lead_takes_an_invitation_back(cast: Cast, invitation: Party) -> None:
    withdraw_department(invitation, by=cast.manager, reason="Asked the wrong department")
    with pytest.raises(RuleBroken):
        accept_invitation(invitation, by=cast.outsider)


def test_an_invited_department_declines_and_does_not_take_the_invitation_back(cast: Cast, invitation: Party) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_department(invitation, by=cast.outsider, reason="Not for us")


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "outsider", "administrator"])
def test_nobody_else_takes_a_partner_out(cast: Cast, who: str) -> None:
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    with pytest.raises(PermissionDenied):
        withdraw_department(party, by=getattr(cast, who), reason="Out")


def test_the_lead_cannot_leave(cast: Cast) -> None:
    lead = Party.objects.get(programme=cast.programme, role=Party.Role.LEAD)
    with pytest.raises(RuleBroken, match="lead"):
        withdraw_department(lead, by=cast.manager, reason="Enough")
