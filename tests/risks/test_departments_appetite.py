"""Who agrees how much risk a department seeks in a programme."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from programmes.models import Programme
from risks.actions import set_appetite
from risks.models import Appetite
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person, make_programme
from tests.factories.escalations import make_department_appetite
from tests.risks.answers import RISKS, text_of
from xgov.accounts.models import Department, User
from xgov.records.clock import today


def agree(programme: Programme, department: Department, by: User) -> Appetite:
    return set_appetite(
        programme, "LEGAL", by=by, level="OPEN", agreed_by=by.name, agreed_on=today(),
        review_due=today() + timedelta(days=90), department=department,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["contributor", "manager", "sro", "ao", "viewer"])
def test_nobody_but_its_own_managers_agrees_a_partners_appetite(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    with pytest.raises(PermissionDenied, match="programme manager of the department"):
        agree(cast.programme, cast.dwp, person)
    client = client_of(person)
    assert client.get(f"{RISKS}appetite/LEGAL/{cast.dwp.slug}/").status_code == 403
    assert f"appetite/LEGAL/{cast.dwp.slug}/" not in client.get(f"{RISKS}appetite/").content.decode()


def test_a_manager_of_the_department_agrees_it_and_the_sro_reads_it(cast: Cast) -> None:
    theirs = make_person(department=cast.dwp)
    make_membership(theirs, cast.dwp, "programme_manager")
    agree(cast.programme, cast.dwp, theirs)
    assert f"appetite/LEGAL/{cast.dwp.slug}/" in client_of(theirs).get(f"{RISKS}appetite/").content.decode()
    assert theirs.name in client_of(cast.sro).get(f"{RISKS}appetite/").content.decode()


def test_the_sro_agrees_for_the_lead_department(cast: Cast) -> None:
    assert agree(cast.programme, cast.mhclg, cast.sro).department == cast.mhclg


def own_page(department: Department) -> str:
    return reverse("risks:department-appetite", args=[department.slug])


def test_the_sro_reads_what_each_party_agreed_for_itself_and_changes_nothing(cast: Cast) -> None:
    make_department_appetite(cast.dwp, 8, agreed_by="DWP executive team")
    client = client_of(cast.sro)
    assert own_page(cast.dwp) in text_of(client.get(reverse("accounts:department", args=[cast.dwp.slug])))
    page = text_of(client.get(own_page(cast.dwp)))
    assert "DWP executive team" in page
    change = reverse("risks:change-department-appetite", args=[cast.dwp.slug, "OPERATIONS"])
    assert change not in page
    assert client.get(change).status_code == client.post(change).status_code == 403


def test_the_sro_is_shown_no_way_to_the_appetite_of_a_department_that_is_no_party(cast: Cast) -> None:
    make_programme(cast.dft, (cast.cabinet_office,))
    client = client_of(cast.sro)
    assert own_page(cast.dft) not in text_of(client.get(reverse("accounts:department", args=[cast.dft.slug])))
    assert client.get(own_page(cast.dft)).status_code == 404


@pytest.mark.parametrize("who", ["contributor", "manager", "viewer", "outsider"])
def test_others_do_not_read_what_another_department_agreed_for_itself(cast: Cast, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert own_page(cast.dhsc) not in text_of(client.get(reverse("accounts:department", args=[cast.dhsc.slug])))
    assert client.get(own_page(cast.dhsc)).status_code == 404
