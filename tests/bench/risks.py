"""The list of risks across programmes, for somebody of one department and for somebody who sees all departments."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, models
from django.utils import timezone

from programmes.models import Party, Programme
from risks import categories, scoring
from risks.models import Risk
from risks.scales import FIVE_BY_FIVE
from tests.bench.measuring import Bar, Cost, Statement, cost_of, table
from tests.cast import client_of
from tests.factories import make_department, make_membership, make_person
from xgov.access import grants
from xgov.accounts.models import Department, User
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today

SIZES = (1_000, 10_000, 100_000)
RISKS_IN_A_PROGRAMME = 100
DEPARTMENTS = 45
PARTIES = 4
LIST = "/risks/"

MOST_QUERIES = 15
SLOWEST_AT_LARGEST = 1.5  # times the time at the smallest
MOST_OVER_SQL = 2.0

# What somebody who knows the tables would ask for the same rows, with the same rule of who may see what.
DOORS = """
SELECT n.codename, g.content_object_id
  FROM programmes_programmegroupgrant g
  JOIN accounts_user_groups m ON m.group_id = g.group_id AND m.user_id = %(person)s
  JOIN auth_permission n ON n.id = g.permission_id AND n.codename IN ('view', 'view_sensitive')
UNION
SELECT n.codename, g.content_object_id
  FROM programmes_programmeusergrant g
  JOIN auth_permission n ON n.id = g.permission_id AND n.codename IN ('view', 'view_sensitive')
 WHERE g.user_id = %(person)s
"""
COUNT = "SELECT count(*) FROM risks_risk r WHERE r.closed_at IS NULL AND ({seen})"
ROWS = """
SELECT r.id, r.reference, r.title, r.category, r.residual_score, r.residual_likelihood, r.residual_impact,
       r.residual_band, r.scale, r.status, r.review_due, r.above_appetite_since, r.escalated_to, r.marking,
       p.reference, p.name, d.abbreviation, o.name
  FROM risks_risk r
  JOIN programmes_programme p ON p.id = r.programme_id
  JOIN accounts_department d ON d.id = r.kept_by_id
  LEFT JOIN accounts_user o ON o.id = r.owner_id
 WHERE r.closed_at IS NULL AND ({seen})
 ORDER BY r.residual_score DESC, r.id DESC LIMIT 50
"""


def run() -> list[Bar]:
    departments = [make_department(abbreviation=f"D{n:02}") for n in range(DEPARTMENTS)]
    owners = [make_person(department=department) for department in departments]
    one, everyone = owners[0], make_person()
    make_membership(one, departments[0], "contributor")
    make_membership(everyone, departments[1], "centre")
    people = {"one department": one, "all departments": everyone}
    costs: dict[tuple[str, int], Cost] = {}
    for size in SIZES:
        grow_to(size, departments, owners)
        for name, person in people.items():
            costs[name, size] = cost_of(client_of(person), LIST, by_hand(person, name))
    show(costs)
    return list(bars(costs, list(people)))


def grow_to(size: int, departments: list[Department], owners: list[User]) -> None:
    """Add risks, a hundred a programme, until there are so many. Every seventh programme is of the first department."""
    chance = random.Random(size)
    present = Programme.objects.count()
    with acting(system_signer("Benchmark")):
        programmes = Programme.objects.create_many(
            Programme(reference=f"B-{n:05}", name=f"Programme {n}", outcome="One outcome.")
            for n in range(present, size // RISKS_IN_A_PROGRAMME)
        )
        parties = {programme.pk: _parties(programme, departments, chance) for programme in programmes}
        Party.objects.create_many([party for found in parties.values() for party in found])
        grants.sync_many(programmes)
        risks = [risk for programme in programmes for risk in _risks(programme, parties[programme.pk], owners, chance)]
        models.QuerySet(Risk).bulk_create(risks, batch_size=2000)  # the list reads no history
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute


def _parties(programme: Programme, departments: list[Department], chance: random.Random) -> list[Party]:
    chosen = chance.sample(departments[1:], PARTIES)
    if programme.pk % 7 == 0:
        chosen[0] = departments[0]
    return [
        Party(
            programme=programme, department=department, role="CORE" if n else "LEAD", status="ACCEPTED",
            answered_on=today(),
        )
        for n, department in enumerate(chosen)
    ]  # fmt: skip


def _risks(programme: Programme, parties: list[Party], owners: list[User], chance: random.Random) -> Iterator[Risk]:
    codes = [category.code for category in categories.CATEGORIES]
    for number in range(1, RISKS_IN_A_PROGRAMME + 1):
        risk = Risk(
            programme=programme, reference=f"R-{number:04}", title="Something may go wrong in this part of the work",
            cause="A cause. " * 10, event="An event. " * 10, consequence="A consequence. " * 10,
            category=chance.choice(codes), owner=chance.choice(owners), kept_by=chance.choice(parties).department,
            response="TREAT", review_due=today() + timedelta(days=chance.randint(-30, 90)),
            marking="OFFICIAL_SENSITIVE" if chance.random() < 0.05 else "OFFICIAL",
        )  # fmt: skip
        for name in scoring.ASSESSMENTS:
            setattr(risk, name, FIVE_BY_FIVE.score(chance.randint(1, 5), chance.randint(1, 5)))
        if chance.random() < 0.1:
            risk.status, risk.closing_reason = Risk.Status.CLOSED, "It cannot happen any more."
            risk.closed_at, risk.closed_by = timezone.now(), risk.owner
        yield risk


def by_hand(person: User, name: str) -> list[Statement]:
    """The person's programmes, a count, a page."""
    with connection.cursor() as cursor:
        cursor.execute(DOORS, {"person": person.pk})
        held = cursor.fetchall()
    view, sensitive = (
        [door for permission, door in held if permission == wanted] for wanted in ("view", "view_sensitive")
    )
    seen = "r.marking <> 'OFFICIAL_SENSITIVE'"
    if name != "all departments":
        seen += " AND r.programme_id = ANY(%(view)s)"
    if sensitive:
        seen = f"{seen} OR r.marking = 'OFFICIAL_SENSITIVE' AND r.programme_id = ANY(%(sensitive)s)"
    doors = {"view": view, "sensitive": sensitive}
    return [(DOORS, {"person": person.pk}), *((sql.format(seen=seen), doors) for sql in (COUNT, ROWS))]


def show(costs: dict[tuple[str, int], Cost]) -> None:
    heads = ["Risk list, page of 50", "risks", "queries", "page ms", "database ms", "SQL ms", "database / SQL"]
    rows = [
        [name, size, cost.queries, cost.page_ms, cost.database_ms, cost.sql_ms, cost.database_ms / cost.sql_ms]
        for (name, size), cost in costs.items()
    ]
    table("Risks", heads, rows)


def bars(costs: dict[tuple[str, int], Cost], people: list[str]) -> Iterator[Bar]:
    smallest, largest = SIZES[0], SIZES[-1]
    for name in people:
        said = f"Risk list, {name}"
        queries = {costs[name, size].queries for size in SIZES}
        yield Bar(f"{said}: queries", max(queries), MOST_QUERIES)
        yield Bar(f"{said}: queries more at one size than at another", max(queries) - min(queries), 0)
        slower = costs[name, largest].page_ms / costs[name, smallest].page_ms
        yield Bar(f"{said}: time at {largest:,} over time at {smallest:,}", slower, SLOWEST_AT_LARGEST)
        for size in SIZES:
            over = costs[name, size].database_ms / costs[name, size].sql_ms
            yield Bar(f"{said}, {size:,}: database over hand-written SQL", over, MOST_OVER_SQL)
