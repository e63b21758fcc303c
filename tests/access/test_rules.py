"""Who sees and who may: the rule itself, on the programme and its parties."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from programmes.models import Party, Programme
from tests.cast import Cast
from tests.factories import make_appointment, make_party, make_person, make_programme
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.access.standing import remembering
from xgov.records.acting import acting, system_signer


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("manager", True), ("contributor", True), ("viewer", True), ("sro", True), ("ao", True),
        ("administrator", False), ("auditor", True), ("centre", True), ("platform", False), ("outsider", False),
    ],
)  # fmt: skip
def test_a_programme_is_seen_by_those_with_a_role_in_it(cast: Cast, who: str, sees: bool) -> None:
    person = getattr(cast, who)
    assert Programme.objects.visible_to(person).exists() is sees
    assert rules.can(person, Permission.VIEW, cast.programme) is sees


def test_a_department_that_was_only_invited_does_not_see_the_programme(cast: Cast) -> None:
    make_party(cast.programme, cast.dft, status=Party.Status.INVITED)
    assert not Programme.objects.visible_to(cast.outsider).exists()
    assert Party.objects.visible_to(cast.outsider).get().department == cast.dft


def test_a_partner_may_change_what_its_own_department_keeps_and_nothing_else(cast: Cast) -> None:
    own = cast.programme.parties.get(department=cast.dwp)
    leads = cast.programme.parties.get(department=cast.mhclg)
    assert rules.can(cast.contributor, Permission.CONTRIBUTE, own)
    assert not rules.can(cast.contributor, Permission.CONTRIBUTE, leads)
    with pytest.raises(PermissionDenied, match="permission"):
        rules.require(cast.contributor, Permission.CONTRIBUTE, leads)


def test_the_leads_manager_may_change_every_record_but_not_sign_for_a_partner(cast: Cast) -> None:
    partner = cast.programme.parties.get(department=cast.dwp)
    assert rules.can(cast.manager, Permission.CONTRIBUTE, partner)
    assert not rules.can(cast.manager, Permission.SIGN, partner)


def test_the_accounting_officer_signs_for_their_own_department_alone(cast: Cast) -> None:
    assert rules.can(cast.ao, Permission.SIGN, cast.programme.parties.get(department=cast.mhclg))
    assert not rules.can(cast.ao, Permission.SIGN, cast.programme.parties.get(department=cast.dwp))


def test_an_auditor_changes_nothing(cast: Cast) -> None:
    held = rules.permissions_on(cast.auditor, cast.programme)
    assert held == {Permission.VIEW, Permission.VIEW_SENSITIVE, Permission.AUDIT}


def test_a_sensitive_programme_is_hidden_from_those_without_the_further_permission(cast: Cast) -> None:
    with acting(system_signer("test")):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    seeing = {who for who, person in cast.everyone().items() if Programme.objects.visible_to(person).exists()}
    assert seeing == {"manager", "sro", "ao", "auditor"}
    assert all(bool(rules.permissions_on(p, cast.programme)) is (w in seeing) for w, p in cast.everyone().items())


def test_a_person_who_may_no_longer_sign_in_sees_nothing(cast: Cast) -> None:
    cast.manager.is_active = False
    assert not Programme.objects.visible_to(cast.manager).exists()
    assert rules.permissions_on(cast.manager, cast.programme) == frozenset()


def test_what_is_not_visible_is_not_found(cast: Cast) -> None:
    with pytest.raises(Http404):
        rules.find(Programme.objects.all(), cast.outsider, reference="RS-001")


def test_an_appointment_that_has_ended_gives_nothing_after_the_next_derivation(cast: Cast) -> None:
    person = make_person()
    appointment = make_appointment(cast.programme, person, "finance_lead", department=cast.dwp)
    assert rules.can(person, Permission.VIEW, cast.programme)
    with acting(system_signer("test")):
        appointment.until = appointment.since
        appointment.save()
    grants.sync(cast.programme)
    assert not rules.can(person, Permission.VIEW, cast.programme)


def test_grants_agree_with_roles_and_mending_restores_them(cast: Cast) -> None:
    assert not grants.drift_at(cast.programme)
    cast.programme.group_grants.all().delete()
    assert len(grants.drift_at(cast.programme).missing) > 0
    grants.sync(cast.programme)
    assert not grants.drift_at(cast.programme)


def test_asking_what_is_visible_costs_the_same_for_one_programme_and_for_many(
    cast: Cast, django_assert_max_num_queries
) -> None:
    for _ in range(6):
        make_programme(cast.mhclg)
    with remembering(), django_assert_max_num_queries(4):
        assert len(Programme.objects.visible_to(cast.manager)) == 7
