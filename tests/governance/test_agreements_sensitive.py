"""A sensitive agreement is put before nobody who may not see it, and who has signed a text keeps sight of it."""

import pytest

from governance.actions import agreements, signing
from governance.models import Agreement, AgreementVersion
from tests.cast import Cast, client_of
from tests.factories import make_appointment, make_membership, make_person
from tests.factories.agreements import make_agreement, make_open_version
from xgov.access.permissions import Permission
from xgov.access.standing import withholding
from xgov.accounts.models import Department, User
from xgov.records.errors import RuleBroken

SENSITIVE = "OFFICIAL_SENSITIVE"


def signatory_of(department: Department) -> User:
    person = make_person("", "", department)
    make_membership(person, department, "signatory")
    return person


def sponsor_of(cast: Cast, department: Department) -> User:
    person = make_person("", "", department)
    make_appointment(cast.programme, person, "senior_sponsor", department=department)
    return person


def sponsors(cast: Cast, *departments: Department) -> None:
    for department in departments:
        sponsor_of(cast, department)


def mark(agreement: Agreement, cast: Cast) -> Agreement:
    return agreements.change_agreement(
        agreement, by=cast.manager, title=agreement.title, marking=SENSITIVE, review_on=None
    )


def sign(version: AgreementVersion, department: Department, by: User) -> None:
    signing.sign(version, department, by=by, sha256=version.sha256, post="Director", confirmed=True)


def test_it_is_not_opened_while_nobody_who_may_see_it_can_sign_for_a_department(cast: Cast) -> None:
    version = make_agreement(cast.programme, cast.manager, marking=SENSITIVE).current
    signatory_of(cast.home_office)
    sponsors(cast, cast.dwp, cast.moj, cast.dhsc)
    with pytest.raises(RuleBroken, match=r"can sign for Home Office\. Appoint a senior sponsor"):
        agreements.open_for_signature(version, by=cast.manager)
    sponsor = sponsor_of(cast, cast.home_office)
    version = agreements.open_for_signature(version, by=cast.manager)
    sign(version, cast.home_office, sponsor)


def test_it_is_not_marked_while_it_waits_for_somebody_who_could_not_see_it_then(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    sponsors(cast, cast.dwp, cast.moj, cast.dhsc)
    signer = signatory_of(cast.home_office)
    with pytest.raises(RuleBroken, match="can sign for Home Office") as refused:
        mark(version.agreement, cast)
    assert refused.value.field == "marking"
    sign(version, cast.home_office, signer)
    assert mark(version.agreement, cast).marking == SENSITIVE


def test_who_signed_keeps_sight_of_that_text_and_gains_no_other(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    signer = signatory_of(cast.home_office)
    sponsors(cast, cast.dwp, cast.moj, cast.dhsc)
    sign(version, cast.home_office, signer)
    agreement = mark(version.agreement, cast)
    agreements.withdraw_version(version, by=cast.manager, reason="A figure was wrong")
    second = agreements.start_version(agreement, by=cast.manager, change_summary="The figure")
    client = client_of(signer)
    page = client.get(version.agreement.get_absolute_url()).content.decode()
    assert version.get_absolute_url() in page
    assert second.get_absolute_url() not in page
    assert client.get(version.get_absolute_url()).status_code == 200
    assert client.get(second.get_absolute_url()).status_code == 404
    assert client_of(cast.viewer).get(version.get_absolute_url()).status_code == 404
    assert set(AgreementVersion.objects.visible_to(signer)) == {version}


def test_what_is_read_for_people_without_the_permission_leaves_out_what_the_reader_signed(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    sponsors(cast, cast.dwp, cast.moj, cast.dhsc, cast.home_office)
    sign(version, cast.mhclg, cast.ao)
    mark(version.agreement, cast)
    assert Agreement.objects.visible_to(cast.ao).exists()
    with withholding(Permission.VIEW_SENSITIVE):
        assert not Agreement.objects.visible_to(cast.ao).exists()
        assert not AgreementVersion.objects.visible_to(cast.ao).exists()


def test_the_page_names_the_departments_for_which_nobody_can_sign(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    signatory_of(cast.dwp)
    page = " ".join(client_of(cast.manager).get(version.agreement.get_absolute_url()).content.decode().split())
    names = "Department of Health and Social Care, Home Office, Ministry of Justice: the department gives"
    assert "Nobody can sign for a department that is waited for" in page
    assert names in page
