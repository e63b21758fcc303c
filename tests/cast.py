"""The ten people of the demonstration, their departments and one joint programme: the cast of every test."""

from dataclasses import dataclass, fields

import pytest
from django.test import Client

from programmes.models import Programme
from tests.factories import make_appointment, make_department, make_membership, make_person, make_programme
from tests.snapshot import as_made_by
from xgov.accounts.models import Department, User


@dataclass
class Cast:
    mhclg: Department
    dwp: Department
    moj: Department
    dhsc: Department
    home_office: Department
    dft: Department
    cabinet_office: Department
    nao: Department
    programme: Programme
    manager: User  # programme manager of the lead department
    contributor: User  # contributor of a partner department
    viewer: User  # viewer of a partner department
    sro: User
    ao: User  # lead accounting officer
    administrator: User  # department administrator of the lead
    auditor: User  # auditor of this programme
    centre: User
    platform: User
    outsider: User  # of a department that is no party

    def everyone(self) -> dict[str, User]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.type is User or f.type == "User"}


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def assemble() -> Cast:
    mhclg = make_department("Ministry of Housing, Communities and Local Government", "MHCLG")
    dwp = make_department("Department for Work and Pensions", "DWP")
    moj = make_department("Ministry of Justice", "MOJ")
    dhsc = make_department("Department of Health and Social Care", "DHSC")
    home_office = make_department("Home Office", "HO")
    dft = make_department("Department for Transport", "DFT")
    cabinet_office = make_department("Cabinet Office", "CO")
    nao = make_department("National Audit Office", "NAO", kind=Department.Kind.OTHER)
    programme = make_programme(
        mhclg, (dwp, moj, dhsc, home_office), reference="RS-001", name="Fewer people sleeping rough",
        outcome="Nobody has to sleep rough more than once.", status=Programme.Status.SETTING_UP,
    )  # fmt: skip

    def member(email: str, name: str, department: Department, role: str) -> User:
        person = make_person(email, name, department)
        make_membership(person, department, role)
        return person

    def appointed(email: str, name: str, home: Department, role: str, **more: object) -> User:
        person = make_person(email, name, home)
        make_appointment(programme, person, role, **more)
        return person

    return Cast(
        mhclg, dwp, moj, dhsc, home_office, dft, cabinet_office, nao, programme,
        manager=member("manager@mhclg.example", "Maya Managewell", mhclg, "programme_manager"),
        contributor=member("contributor@dwp.example", "Conrad Contribute", dwp, "contributor"),
        viewer=member("viewer@moj.example", "Vera Viewing", moj, "viewer"),
        sro=appointed("sro@mhclg.example", "Sara Answerable", mhclg, "sro"),
        ao=appointed("ao@mhclg.example", "Alan Accountable", mhclg, "lead_accounting_officer", department=mhclg),
        administrator=member("admin@mhclg.example", "Adam Administer", mhclg, "department_administrator"),
        auditor=appointed("auditor@nao.example", "Audrey Auditworth", nao, "auditor"),
        centre=member("centre@cabinet-office.example", "Cecil Centre", cabinet_office, "centre"),
        platform=member("platform@xgov.example", "Petra Platform", cabinet_office, "platform_administrator"),
        outsider=member("outsider@dft.example", "Oscar Outside", dft, "programme_manager"),
    )  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return as_made_by(assemble)
