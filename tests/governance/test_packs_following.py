"""From where a pack counts its changes, which one it replaces, and what it says of that."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from governance.board_sections import decisions_since
from governance.models import Board, Pack
from risks.actions import change_risk, rescore_risk
from risks.board_sections.heat_map import heat_maps
from risks.board_sections.movers import movers
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_person, make_risk, make_seat
from tests.factories.decisions import make_decision
from tests.factories.people import SETTING_THE_SCENE
from tests.governance.conftest import issued
from xgov.accounts.models import User
from xgov.papers.sections import Brief, Section
from xgov.records.acting import acting
from xgov.records.clock import now, today

SENSITIVE = "OFFICIAL_SENSITIVE"
LEFT_OUT = "Records marked OFFICIAL-SENSITIVE are left out of this pack."


def secretary_of(board: Board, cast: Cast) -> User:
    person = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, person, "secretary")
    return person


def offered(shelf: dict, board: Board) -> None:
    """The board's packs tell of decisions."""
    shelf["governance.decisions_since"] = Section(
        "governance.decisions_since", "Decisions", "papers/sections/decisions_since.html", 3, False, decisions_since
    )
    with acting(SETTING_THE_SCENE):
        board.running_order = ["governance.decisions_since"]
        board.save()


def told_of(pack: Pack) -> list[str]:
    (section,) = pack.sections
    return [row["reference"] for row in section.revived()["rows"]]


# --- what was never told ----------------------------------------------------------------------


@pytest.mark.parametrize("told_before", [True, False], ids=["after a pack with such records", "after none"])
def test_a_sensitive_decision_is_told_though_a_pack_without_such_records_came_between(
    cast: Cast, board: Board, shelf: dict, told_before: bool
) -> None:
    offered(shelf, board)
    issued(board, cast.sro, with_sensitive=told_before)
    secret = make_decision(cast.programme, cast.manager, cast.sro, marking=SENSITIVE, question="A secret?")
    known = make_decision(cast.programme, cast.manager, cast.sro, question="Known to all?")
    plain = issued(board, secretary_of(board, cast))
    pack = issued(board, cast.sro)
    assert (told_of(plain), told_of(pack)) == ([known.reference], [secret.reference])
    assert pack.since == plain.as_at
    words = "counted from pack 1, the last" if told_before else "all of these are told as new"
    assert words in " ".join(pack.head["notes"])
    assert told_of(issued(board, cast.sro)) == []


def test_a_sensitive_risk_that_rose_before_a_pack_without_such_records_is_told_in_the_next_with_them(
    cast: Cast, board: Board
) -> None:
    make_appetite(cast.programme, limit=9)
    with time_machine.travel(now() - dt.timedelta(days=9)):
        secret = make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret", marking=SENSITIVE)
        known = make_risk(cast.programme, cast.dwp, cast.contributor, title="Known")
    full = now()
    for risk in (secret, known):
        rescore_risk(risk, by=cast.sro, reason="Beds closed", residual=(4, 5))
    plain = now()
    brief = Brief([cast.programme], board, plain, now(), cast.sro, since_by_marking={SENSITIVE: full})
    assert [(row["title"], row["what"]) for row in movers(brief)["rows"]] == [("Secret", "Up from 9")]
    never = replace(brief, since_by_marking={SENSITIVE: None}, known={})
    assert [(row["title"], row["what"]) for row in movers(never)["rows"]] == [("Secret", "New")]


def test_a_risk_that_was_merely_marked_sensitive_since_is_not_told_as_new(cast: Cast, board: Board) -> None:
    make_appetite(cast.programme, limit=9)
    with time_machine.travel(now() - dt.timedelta(days=9)):
        make_risk(cast.programme, cast.mhclg, cast.sro, title="As it was", reference="R-0081")
        make_risk(cast.programme, cast.mhclg, cast.sro, title="Worse", reference="R-0082")
    last = now()
    for risk in Risk.objects.filter(reference__in=["R-0081", "R-0082"]):
        change_risk(risk, by=cast.sro, marking=SENSITIVE)
    rescore_risk(Risk.objects.get(reference="R-0082"), by=cast.sro, reason="Beds closed", residual=(4, 5))
    brief = Brief([cast.programme], board, last, now(), cast.sro, since_by_marking={SENSITIVE: None})
    assert [(row["title"], row["what"]) for row in movers(brief)["rows"]] == [("Worse", "Up from 9")]
    (told,) = heat_maps(brief)["maps"]
    assert not any("new" in sentence for sentence in told["movement"])


# --- replacements -----------------------------------------------------------------------------


def test_a_replacement_counts_from_where_the_pack_it_replaces_did(cast: Cast, board: Board) -> None:
    day, later = today() + dt.timedelta(days=9), today() + dt.timedelta(days=16)
    before = issued(board, cast.sro)
    first, second = issued(board, cast.sro, meeting_on=day), issued(board, cast.sro, meeting_on=day)
    next_meeting = issued(board, cast.sro, meeting_on=later)
    third = issued(board, cast.sro, meeting_on=day)
    assert first.since == second.since == third.since == before.as_at
    assert next_meeting.since == second.as_at
    assert "replaces pack 2 for" in second.html
    assert "replaces pack 3 for" in third.html
    assert third.version == 3


def test_a_first_pack_that_is_replaced_leaves_its_replacement_nothing_to_count_from(cast: Cast, board: Board) -> None:
    day = today() + dt.timedelta(days=9)
    issued(board, cast.sro, meeting_on=day)
    assert issued(board, cast.sro, meeting_on=day).since is None


# --- what is left out -------------------------------------------------------------------------


def test_a_secretarys_pack_says_that_sensitive_records_are_left_out(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Not for all", marking=SENSITIVE)
    pack = issued(board, secretary_of(board, cast))
    assert "Not for all" not in pack.html
    assert LEFT_OUT in pack.html
    assert LEFT_OUT in pack.head["notes"]
    assert not Pack.objects.get(pk=pack.pk).with_sensitive
    assert LEFT_OUT not in issued(board, cast.sro).html


def test_a_secretary_reads_before_issuing_that_sensitive_records_will_be_left_out(cast: Cast, board: Board) -> None:
    address = f"{board.get_absolute_url()}packs/issue/"
    words = "You may not see records marked OFFICIAL-SENSITIVE, so they are left out, and the cover says so."
    assert words in client_of(secretary_of(board, cast)).get(address).content.decode()
    page = client_of(cast.sro).get(address).content.decode()
    assert words not in page
    assert "Everything you may see" in page


# --- what its page says of the packs after it --------------------------------------------------


def test_a_pack_that_was_replaced_says_by_which_and_one_that_was_followed_does_not(cast: Cast, board: Board) -> None:
    meeting = today() + dt.timedelta(days=7)
    first = issued(board, cast.sro, meeting_on=meeting)
    again = issued(board, cast.sro, meeting_on=meeting)
    client = client_of(cast.sro)
    replaced = "This pack was replaced, for the same meeting, by"
    text = client.get(first.get_absolute_url()).text
    assert replaced in text
    assert again.get_absolute_url() in text
    assert "There is a newer pack of this board" not in text
    issued(board, cast.sro, meeting_on=meeting + dt.timedelta(days=30))
    assert "There is a newer pack of this board" in client.get(first.get_absolute_url()).text
    followed = client.get(again.get_absolute_url()).text
    assert "There is a newer pack of this board" in followed
    assert replaced not in followed
