"""The people of the demonstration. They are invented, and their addresses lead nowhere."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.records.acting import acting, system_signer
from xgov.records.clock import telling_of, today

PASSWORD = "demonstration-2026"  # noqa: S105 - printed by make_demo, and good for nothing else
SIGNER = system_signer("Demonstration")
ARRIVED = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)

MHCLG = "ministry-of-housing-communities-local-government"
DWP = "department-for-work-pensions"
MOJ = "ministry-of-justice"
DHSC = "department-of-health-and-social-care"
HOME_OFFICE = "home-office"
DFT = "department-for-transport"
CABINET_OFFICE = "cabinet-office"
NAO = "national-audit-office"


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    department: str
    job_title: str
    roles: tuple[str, ...] = field(default=())


# The ten that are printed: one for each kind of reader.
READERS = [
    DemoPerson("manager@mhclg.example", "Maya Managewell", MHCLG, "Programme manager", ("programme_manager",)),
    DemoPerson("contributor@dwp.example", "Conrad Contribute", DWP, "Policy adviser", ("contributor",)),
    DemoPerson("viewer@moj.example", "Vera Viewing", MOJ, "Policy adviser", ("viewer",)),
    DemoPerson("sro@mhclg.example", "Sara Answerable", MHCLG, "Director General, Regeneration"),
    DemoPerson("ao@mhclg.example", "Alan Accountable", MHCLG, "Permanent Secretary"),
    DemoPerson("admin@mhclg.example", "Adam Administer", MHCLG, "Programme office", ("department_administrator",)),
    DemoPerson("auditor@nao.example", "Audrey Auditworth", NAO, "Audit manager"),
    DemoPerson("centre@cabinet-office.example", "Cecil Centre", CABINET_OFFICE, "Portfolio analyst", ("centre",)),
    DemoPerson("platform@xgov.example", "Petra Platform", CABINET_OFFICE, "Service owner", ("platform_administrator",)),
    DemoPerson("outsider@dft.example", "Oscar Outside", DFT, "Programme manager", ("programme_manager",)),
]

# Others whom the story needs: those who accept, sign and own risks for the partner departments.
OTHERS = [
    DemoPerson("manager@dwp.example", "Wanda Workwell", DWP, "Programme manager", ("programme_manager",)),
    DemoPerson("signatory@dwp.example", "Winston Wetherby", DWP, "Director General, Service Delivery", ("signatory",)),
    DemoPerson("manager@moj.example", "Joss Justwright", MOJ, "Programme manager", ("programme_manager",)),
    DemoPerson("signatory@moj.example", "Judith Juniper", MOJ, "Director General, Policy", ("signatory",)),
    DemoPerson("manager@dhsc.example", "Hetty Healthby", DHSC, "Programme manager", ("programme_manager",)),
    DemoPerson("signatory@dhsc.example", "Hugo Hartwell", DHSC, "Director General, Public Health", ("signatory",)),
    DemoPerson("manager@homeoffice.example", "Noor Nightingale", HOME_OFFICE, "Programme lead", ("programme_manager",)),
    DemoPerson("signatory@homeoffice.example", "Nigel Northgate", HOME_OFFICE, "Director General", ("signatory",)),
    DemoPerson("director@mhclg.example", "Dora Directwell", MHCLG, "Programme director", ("contributor",)),
    DemoPerson("secretary@mhclg.example", "Silas Scribewell", MHCLG, "Board secretary", ("viewer",)),
    DemoPerson("policy@dhsc.example", "Leo Leavewell", DHSC, "Policy adviser", ("contributor",)),
    DemoPerson("data@dwp.example", "Delia Dataworth", DWP, "Chief data officer's office", ("contributor",)),
]

# Those who accept, answer and sign for one partner.
FOR_A_PARTNER = OTHERS[:2]


def make_people() -> dict[str, User]:
    """Each demonstration person with their memberships, by address."""
    with telling_of(ARRIVED), acting(SIGNER, "People of the demonstration"):
        _departments_not_on_govuk()
        hashed = make_password(PASSWORD)  # once for all: it takes long, as it should
        return {person.email: _make_person(person, hashed) for person in [*READERS, *OTHERS]}


def _departments_not_on_govuk() -> None:
    """Parliament's auditor is no department of government, so GOV.UK does not list it."""
    Department.objects.get_or_create(
        slug=NAO, defaults={"name": "National Audit Office", "abbreviation": "NAO", "kind": Department.Kind.OTHER}
    )


def _make_person(described: DemoPerson, hashed: str) -> User:
    department = Department.objects.get(slug=described.department)
    person = User(
        email=described.email, name=described.name, password=hashed, job_title=described.job_title,
        home_department=department,
    )  # fmt: skip
    person.full_clean()
    person.save()
    for role in described.roles:
        Membership.objects.create(person=person, department=department, role=role, since=today())
        groups_of(department)
    sync_person(person)
    return person
