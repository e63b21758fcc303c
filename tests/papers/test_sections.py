import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from xgov.papers import sections
from xgov.papers.plain import NotPlain, from_plain, sha256_of, to_plain
from xgov.papers.sections import Brief, SectionFailed, UnknownSection, compose, content_sha256, frozen, section, thawed

NINE = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
BRIEF = Brief(programmes=[], board=None, since=None, as_at=NINE, reader=None)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    empty: dict[str, Any] = {}
    monkeypatch.setattr(sections, "_shelf", empty)
    return empty


def offer(key: str, values: Any, **options: Any) -> None:
    @section(key, title=gettext_lazy("A title"), template="papers/sections/x.html", **options)
    def write(brief: Brief) -> Any:
        if isinstance(values, Exception):
            raise values
        return values


def test_a_pack_is_composed_in_the_order_the_board_chose(shelf: dict[str, Any]) -> None:
    offer("b", {"score": 20}, order=1)
    offer("a", {"due": dt.date(2026, 11, 22), "cost": Decimal("12.40")}, new_page=True)
    composed = compose(["a", "b", "a"], BRIEF)
    assert [each.key for each in composed] == ["a", "b"]
    assert composed[0].title == "A title"
    assert type(composed[0].title) is str
    assert composed[0].values == {"due": {"$date": "2026-11-22"}, "cost": {"$decimal": "12.40"}}
    assert composed[0].revived() == {"due": dt.date(2026, 11, 22), "cost": Decimal("12.40")}
    assert [each.key for each in sections.all_sections()] == ["b", "a"]


def test_what_was_stored_is_the_pack_that_was_composed(shelf: dict[str, Any]) -> None:
    offer("a", {"rows": [(1, "two", NINE)], "share": 0.1, "whole": 1e3})
    composed = compose(["a"], BRIEF)
    stored = json.loads(json.dumps(frozen(composed)))
    assert thawed(stored) == composed
    assert content_sha256(thawed(stored)) == content_sha256(composed)


def test_a_running_order_that_names_an_unknown_section_fails_before_anything_is_read(shelf: dict[str, Any]) -> None:
    offer("risks.heat", RuntimeError("it was read"))
    with pytest.raises(UnknownSection, match=r"no board section “risks\.old”\. There are: risks\.heat"):
        compose(["risks.heat", "risks.old"], BRIEF)


def test_a_section_that_fails_fails_the_pack_and_says_why(shelf: dict[str, Any]) -> None:
    offer("a", {})
    offer("b", ZeroDivisionError("division by zero"))
    with pytest.raises(SectionFailed, match="“A title” could not be composed: division by zero") as failed:
        compose(["a", "b"], BRIEF)
    assert failed.value.key == "b"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"risk": object()}, r"a\.risk is a object"),
        ({"rows": [{"who": {1, 2}}]}, r"a\.rows\[0\]\.who is a set"),
        ({"when": dt.datetime(2026, 11, 22)}, "a time without a time zone"),
        ({"x": float("nan")}, r"a\.x is a float"),
        ({"x": Decimal("Infinity")}, r"a\.x is a Decimal"),
        ({1: "x"}, "A key of a is a int"),
        ({"$date": "x"}, "A key of a is a str"),
        (["x"], "did not give a dictionary"),
    ],
)
def test_a_section_says_only_what_can_be_frozen(shelf: dict[str, Any], values: Any, words: str) -> None:
    offer("a", values)
    with pytest.raises(SectionFailed, match=words):
        compose(["a"], BRIEF)


def test_two_apps_may_not_offer_the_same_section(shelf: dict[str, Any]) -> None:
    offer("a", {})
    offer("a", {})  # the same module, read again
    shelf["a"] = sections.Section("a", "A", "x.html", 1, False, json.dumps)
    with pytest.raises(ValueError, match="Two apps"):
        offer("a", {})


def test_ready_made_html_and_choices_become_text() -> None:
    class Colour(Enum):
        RED = "red"

    one = uuid.uuid4()
    value = [mark_safe("<b>bold</b>"), Colour.RED, gettext_lazy("late"), one]
    assert to_plain(value) == ["<b>bold</b>", "red", "late", str(one)]
    assert type(to_plain(value)[0]) is str
    with pytest.raises(NotPlain):
        to_plain(b"bytes")


plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.just(dt.UTC))
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text().filter(lambda key: not key.startswith("$")), inner),
)


@given(plain_values)
def test_nothing_is_lost_on_the_way_into_the_record_and_back(value: Any) -> None:
    stored = json.loads(json.dumps(to_plain(value)))
    revived = from_plain(stored)
    assert revived == value
    assert sha256_of(stored) == sha256_of(to_plain(value))


def test_the_fingerprint_follows_the_content_and_nothing_else(shelf: dict[str, Any]) -> None:
    offer("a", {"x": 1, "y": Decimal("1.0")})
    offer("b", {"y": Decimal("1.0"), "x": 1})
    first, second = compose(["a"], BRIEF), compose(["b"], BRIEF)
    same = [sections.ComposedSection("a", "A title", "other.html", second[0].values)]
    assert content_sha256(first) == content_sha256(same)
    assert content_sha256(first) != content_sha256(second)
    assert content_sha256(first, {"version": 1}) != content_sha256(first, {"version": 2})


def test_of_a_very_long_text_as_much_is_printed_as_anybody_reads_and_the_record_has_the_rest(
    shelf: dict[str, Any],
) -> None:
    words = "Beds open late. " * 3000
    offer("a", {"rows": [{"event": words, "letters": "x" * 30_000, "title": "As it is"}]})
    (row,) = compose(["a"], BRIEF)[0].values["rows"]
    assert row["title"] == "As it is"
    assert row["event"].startswith("Beds open late. Beds")
    for text in (row["event"], row["letters"]):
        assert text.endswith("… (The record has the rest.)")
        assert sections.MOST_CHARACTERS - 20 < len(text) < sections.MOST_CHARACTERS + 40
