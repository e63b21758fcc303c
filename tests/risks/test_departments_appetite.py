"""Who agrees how much risk a department seeks in a programme."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from programmes.models import Programme
from risks.actions import set_appetite
from risks.models import Appetite
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person
from tests.risks.answers import RISKS
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
