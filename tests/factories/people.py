from itertools import count

from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.records.acting import Signer, acting

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
