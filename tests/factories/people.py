import datetime as dt
from itertools import count

from xgov.accounts.models import Department, DepartmentName, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.records.acting import Signer, acting
from xgov.records.clock import today

PASSWORD = "correct horse battery staple"
SETTING_THE_SCENE = Signer("Setting the scene", reason="So that there is something to test")

_numbers = count(1)


def make_department(name: str = "", abbreviation: str = "", **fields) -> Department:
    number = next(_numbers)
    name = name or f"Department for Examples {number}"
    fields.setdefault("slug", name.lower().replace(" ", "-").replace(",", ""))
    fields.setdefault("kind", Department.Kind.MINISTERIAL_DEPARTMENT)
    with acting(SETTING_THE_SCENE):
        return Department.objects.create(name=name, abbreviation=abbreviation, **fields)


def make_person(email: str = "", name: str = "", department: Department | None = None, **fields) -> User:
    number = next(_numbers)
    with acting(SETTING_THE_SCENE):
        return User.objects.create_user(
            email or f"person{number}@body.example", name or f"Person {number}", PASSWORD,
            home_department=department, **fields,
        )  # fmt: skip


def make_membership(person: User, department: Department, role: str, **fields) -> Membership:
    with acting(SETTING_THE_SCENE):
        membership = Membership.objects.create(person=person, department=department, role=role, **fields)
    groups_of(department)
    sync_person(person)
    return membership


def make_department_name(department: Department, name: str, since: dt.date | None = None) -> DepartmentName:
    """A name that the department has from next year on, unless another day is said."""
    with acting(SETTING_THE_SCENE):
        since = since or today() + dt.timedelta(days=365)
        return DepartmentName.objects.create(department=department, name=name, since=since)
