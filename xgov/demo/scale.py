"""Many programmes and risks for trying out size: N times 10 programmes and 1,000 risks, each with its history row."""

import random
from collections.abc import Iterator
from datetime import timedelta

from programmes.models import Party, Programme
from risks import categories
from risks.models import Risk
from risks.scales import FIVE_BY_FIVE
from xgov.access import grants
from xgov.accounts.models import Department, Membership, User
from xgov.accounts.standing import groups_of, sync_person
from xgov.demo.people import PASSWORD, SIGNER
from xgov.records.acting import acting
from xgov.records.clock import today

PROGRAMMES_EACH = 10
RISKS_EACH = 1000
_PREFIX = "SCALE-"


def make_more(scale: int) -> tuple[int, int]:
    """Add them beside what is there; gives back how many programmes and risks were made."""
    chance = random.Random(scale)  # noqa: S311 - the same data each time
    with acting(SIGNER, "Demonstration at scale"):
        departments = list(Department.objects.open().departments_of_state().order_by("pk")[:24])
        owners = {each.pk: _owner(each) for each in departments}
        start = Programme.objects.filter(reference__startswith=_PREFIX).count()
        programmes = Programme.objects.create_many(
            Programme(
                reference=f"{_PREFIX}{start + n:05}", name=f"Joint programme {start + n}", status="DELIVERING",
                outcome="People get the help they need the first time they ask.",
            )
            for n in range(scale * PROGRAMMES_EACH)
        )  # fmt: skip
        parties = _parties(programmes, departments, chance)
        Party.objects.create_many(parties)
        grants.sync_many(programmes)
        risks = Risk.objects.create_many(_risks(programmes, parties, owners, chance))
    return len(programmes), len(risks)


def _owner(department: Department) -> User:
    address = f"owner@{department.slug}.example"
    person = User.objects.filter(email=address).first()
    if person is None:
        person = User.objects.create_user(address, f"Owner at {department}"[:200], PASSWORD, home_department=department)
        Membership.objects.create(person=person, department=department, role="contributor")
        groups_of(department)
        sync_person(person)
    return person


def _parties(programmes: list[Programme], departments: list[Department], chance: random.Random) -> list[Party]:
    found = []
    for programme in programmes:
        for number, department in enumerate(chance.sample(departments, k=4)):
            role = Party.Role.CORE if number else Party.Role.LEAD
            found.append(
                Party(programme=programme, department=department, role=role, status="ACCEPTED", answered_on=today())
            )
    return found


def _risks(
    programmes: list[Programme], parties: list[Party], owners: dict[int, User], chance: random.Random
) -> Iterator[Risk]:
    of_programme: dict[int, list[Party]] = {}
    for party in parties:
        of_programme.setdefault(party.programme_id, []).append(party)
    codes = [code for code, _label in categories.CHOICES]
    for programme in programmes:
        for number in range(1, RISKS_EACH // PROGRAMMES_EACH + 1):
            keeper = chance.choice(of_programme[programme.pk])
            yield _risk(programme, number, keeper, owners[keeper.department_id], chance.choice(codes), chance)


def _risk(programme: Programme, number: int, keeper: Party, owner: User, category: str, chance: random.Random) -> Risk:
    residual = (chance.randint(1, 5), chance.randint(1, 5))
    inherent = (chance.randint(residual[0], 5), chance.randint(residual[1], 5))
    risk = Risk(
        programme=programme, reference=f"R-{number:04}", title=f"Something may go wrong in part {number}",
        cause="Parts of the work depend on each other.", event="One of them may be late.",
        consequence="Help reaches people later.", category=category, owner=owner, kept_by_id=keeper.department_id,
        response="TREAT", review_due=today() + timedelta(days=chance.randint(-20, 90)),
        marking="OFFICIAL_SENSITIVE" if chance.random() < 0.03 else "OFFICIAL",
    )  # fmt: skip
    risk.inherent, risk.residual = FIVE_BY_FIVE.score(*inherent), FIVE_BY_FIVE.score(*residual)
    return risk
