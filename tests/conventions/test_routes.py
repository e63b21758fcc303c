"""The route table: every address, for each of the ten people. An address nobody has decided on fails."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import client_of
from tests.conventions.route_table import ROUTES, Scene, set_scene
from tests.conventions.routes import EVERYONE, Route


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


def _answer(client: Client, scene: Scene, name: str, route: Route) -> int:
    address = reverse(name, kwargs=route.arguments(scene))
    return getattr(client, route.method)(address, dict(route.data)).status_code


def _read(status: int) -> str:
    return {403: "refused", 404: "absent"}.get(status, "through" if status < 400 else f"broken ({status})")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_answers_each_person_as_decided(scene: Scene, name: str) -> None:
    route = ROUTES[name]
    answers, expected = {}, {}
    # those who may not go first, so that what a button does cannot hide what it refuses
    for who in sorted(EVERYONE, key=lambda who: (who in route.through, who)):
        answers[who] = _read(_answer(client_of(scene.person(who)), scene, name, route))
        expected[who] = route.expected(who)
    if route.method == "post":
        # a button may have been pressed by an earlier person; that it let them through is what counts
        assert {w: a for w, a in answers.items() if w not in route.through} == {
            w: e for w, e in expected.items() if w not in route.through
        }
        assert not {w for w, a in answers.items() if w in route.through and a in {"refused", "absent"}}
    else:
        assert answers == expected


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_somebody_who_is_not_signed_in_is_asked_to_sign_in(scene: Scene, name: str) -> None:
    assert _answer(Client(), scene, name, ROUTES[name]) == ROUTES[name].signed_out


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.method == "post"))
def test_nothing_is_changed_by_following_a_link(scene: Scene, name: str) -> None:
    address = reverse(name, kwargs=ROUTES[name].arguments(scene))
    assert client_of(scene.person("manager")).get(address).status_code == 405
