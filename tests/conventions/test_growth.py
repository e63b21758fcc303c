"""A page asks the database no more questions for six rows than for one."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from tests.cast import client_of
from tests.conventions.growing import Ground
from tests.conventions.route_tables import ROUTES

IN_THE_PROGRAMME = (
    "programmes:set-up", "programmes:people", "programmes:confidence", "programmes:delivery-model",
    "programmes:returns", "programmes:history", "risks:list", "risks:heat-map", "risks:appetite", "risks:assurance",
    "risks:settings", "risks:movers", "risks:by-department",
    "risks:issues", "risks:assumptions", "risks:dependencies",
    "risks:escalations",
    "risks:spreadsheets", "risks:workbook",
    "datasharing:plan", "datasharing:datasets", "governance:programme-packs", "governance:decision-list",
    "governance:agreement-list",
)  # fmt: skip
EVERYWHERE = (
    "home",
    "programmes:list",
    "risks:all",
    "risks:portfolio",
    "risks:gathered",
    "risks:heat-map-over-programmes",
    "governance:board-list",
    "accounts:department-list",
    "notices:list",
    "pages:saved-filters",
    "pages:search",
)
FILES = (
    "programmes:list",
    "risks:all",
    "risks:list",
    "risks:heat-map",
    "risks:issues",
    "risks:dependencies",
    "datasharing:datasets",
    "governance:decision-list",
)


def pages(ground: Ground) -> list[str]:
    """The lists, the record pages, and the history and explanation of each record."""
    reference = [ground.programme.reference]
    lists = {name: reverse(name) for name in EVERYWHERE}
    lists |= {name: reverse(name, args=reference) for name in IN_THE_PROGRAMME}
    found = [*lists.values(), *(f"{lists[name]}?format={form}" for name in FILES for form in ("csv", "xlsx"))]
    for record in ground.records():
        label = record._meta.label_lower
        found.append(record.get_absolute_url())
        found += [reverse(name, args=[label, record.pk]) for name in ("pages:history", "pages:who")]
    of_the_risk = [ground.programme.reference, ground.risk.reference]
    found += [reverse(f"risks:{name}", args=of_the_risk) for name in ("treatment", "links", "trail")]
    found.append(ground.settings.get_absolute_url())
    found.append(f"{reverse('pages:search')}?q=RS-001+e")
    found.append(reverse("programmes:party", args=[ground.programme.reference, ground.cast.dwp.slug]))
    return found


def of_departments(ground: Ground) -> list[str]:
    mhclg, manager = ground.cast.mhclg, ground.cast.manager
    return [
        reverse("accounts:department", args=[mhclg.slug]),
        reverse("accounts:department-people", args=[mhclg.slug]),
        reverse("accounts:person", args=[mhclg.slug, manager.pk]),
        reverse("risks:department-appetite", args=[mhclg.slug]),
    ]


# Pages to read that hold no rows of ours.
ROWLESS = {
    "accounts:password-link-sent", "accounts:account", "pages:accessibility", "jobs:health", "jobs:job",
    "governance:pack-pdf", "governance:agreement-text", "governance:agreement-differences", "programmes:kept",
    "risks:import-file", "jobs:file",
}  # fmt: skip


def test_every_page_with_rows_is_looked_at(db: None) -> None:
    ground = Ground()
    looked_at = {resolve(address.partition("?")[0]).view_name for address in pages(ground) + of_departments(ground)}
    to_read = {name for name, routes in ROUTES.items() if routes[0].methods == ("get",)}
    assert sorted((to_read - ROWLESS) ^ looked_at) == []


Asked = dict[str, Counter[str]]


def asked_by(client: Client, addresses: list[str]) -> Asked:
    """The questions that each page asks, counted by their words up to the first number."""
    asked = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            if response.streaming:
                b"".join(response)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        asked[address] = Counter(_shape(query["sql"]) for query in queries)
    return asked


def _shape(sql: str) -> str:
    return sql.partition(" WHERE ")[0][:200]


PEOPLE: dict[str, Callable[[Ground], list[str]]] = {
    "manager": lambda ground: pages(ground) + of_departments(ground),
    "centre": pages,
}


@pytest.mark.parametrize("who", PEOPLE)
def test_six_rows_ask_no_more_than_one(db: None, who: str) -> None:
    ground = Ground()
    client, addresses = client_of(getattr(ground.cast, who)), PEOPLE[who](ground)
    for address in addresses:
        client.get(address)  # what is remembered between requests is remembered
    few = asked_by(client, addresses)
    for _ in range(5):
        ground.grow()
    many = asked_by(client, addresses)
    grown = [
        f"{address}: {few[address].total()} became {many[address].total()}\n    "
        + "\n    ".join(f"+{times} {sql}" for sql, times in (many[address] - few[address]).most_common(4))
        for address in addresses
        if many[address].total() > few[address].total()
    ]
    assert not grown, "\n".join(grown)
