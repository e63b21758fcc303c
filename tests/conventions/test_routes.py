"""The route tables: every address, for each of the ten people. An address nobody has decided on fails."""

from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.conventions.route_tables import ROUTES
from tests.conventions.routes import EVERYONE, Route
from tests.conventions.scene import Scene, set_scene

FOR_EVERYBODY = 200
CASES = [(name, route) for name, routes in ROUTES.items() for route in routes]


def named_routes(patterns: list | None = None, space: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_been_decided_on() -> None:
    assert sorted(set(named_routes()) ^ set(ROUTES)) == []


@pytest.fixture
def scene(db: None) -> Scene:
    return set_scene()


def address_of(scene: Scene, name: str, route: Route) -> str:
    return reverse(name, kwargs=scene.places[route.at] if route.at else {}) + f"?{route.query}".rstrip("?")


def answer(client: Client, method: str, address: str) -> int:
    """The status of the answer. Nothing that the request does lasts; a server error is in the log of the test."""
    client.raise_request_exception = False
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = client.generic(method.upper(), address)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code


def in_words(status: int) -> str:
    return {403: "refused", 404: "absent"}.get(status, "through" if status < 400 else f"broken ({status})")


def test_every_address_answers_each_person_as_decided(scene: Scene) -> None:
    wrong = []
    for name, route in CASES:
        address = address_of(scene, name, route)
        for method in route.methods:
            for who in sorted(EVERYONE):
                answered = in_words(answer(scene.client(who), method, address))
                if answered != route.expected(who):
                    wrong.append(f"{name} ({route.at}), {method} by {who}: {answered}, not {route.expected(who)}")
    assert not wrong, "\n".join(wrong)


def test_somebody_who_is_not_signed_in_is_asked_to_sign_in(scene: Scene) -> None:
    wrong = []
    for name, route in CASES:
        for method in route.methods:
            status = answer(Client(), method, address_of(scene, name, route))
            if status != route.signed_out:
                wrong.append(f"{name} ({route.at}), {method}: {status}, not {route.signed_out}")
    assert not wrong, "\n".join(wrong)


def test_a_link_presses_no_button_and_a_page_to_read_takes_no_answers(scene: Scene) -> None:
    wrong = []
    for name, route in CASES:
        if route.signed_out == FOR_EVERYBODY:
            continue  # Django's own pages before sign-in, which send people on before they look at the method
        for method in {"get", "post", "delete"} - set(route.methods):
            client = scene.client(min(route.through or EVERYONE))
            status = answer(client, method, address_of(scene, name, route))
            if status != 405:
                wrong.append(f"{name} ({route.at}), {method}: {status}")
    assert not wrong, "\n".join(wrong)


GUESSES: dict[type, list[Any]] = {
    str: ["no-such", "RS-999", "R-9999", "'\"<script>--", "\0", "é" * 300],
    int: [999_999_999, 10**25],
    UUID: [UUID(int=1)],
}


def guessed(scene: Scene, name: str, route: Route) -> Iterator[str]:
    """The address with one part of it replaced by what somebody might try."""
    right = scene.places[route.at]
    for argument, value in right.items():
        for guess in GUESSES[type(value)]:
            with suppress(NoReverseMatch):  # the address itself does not allow it
                yield reverse(name, kwargs={**right, argument: guess})


def test_a_guessed_address_leads_nowhere(scene: Scene) -> None:
    wrong = []
    for name, (route, *_others) in ROUTES.items():
        if not route.at or route.signed_out == FOR_EVERYBODY:
            continue
        client = scene.client(min(route.through or route.refused))
        for address in guessed(scene, name, route):
            for method in route.methods:
                if (status := answer(client, method, address)) != 404:
                    wrong.append(f"{name}, {method} {address}: {status}, not 404")
    assert not wrong, "\n".join(wrong)


NONSENSE = (
    "q=%00%27%22&page=-1&sort=-nonsense&status=NONSENSE&score=6&category=NONE&programme=x&kept_by=x&owner=99999999999999999999",
    "page=999999999999999999999&before=nonsense&kind=nonsense&due_by=31-02-2026&from=//evil.example&next=//evil.example",
    "format=exe&person=x&role=nonsense&dimension=nonsense&department=x&before=1&after=1&likelihood=0&impact=9",
)


def test_nonsense_in_an_address_is_left_out(scene: Scene) -> None:
    wrong = []
    for name, (route, *_others) in ROUTES.items():
        if "get" not in route.methods:
            continue
        client = scene.client(min(route.through or route.refused))
        for nonsense in NONSENSE:
            address = address_of(scene, name, route)
            if (status := answer(client, "get", f"{address}?{nonsense}")) not in {200, 302, 403}:
                wrong.append(f"{address}?{nonsense}: {status}")
    assert not wrong, "\n".join(wrong)
