"""From where a pack counts its changes, which one it replaces, and what it says of that."""

import datetime as dt

from governance.models import Board, Pack
from tests.cast import Cast, client_of
from tests.factories import make_person, make_risk, make_seat
from tests.factories.decisions import make_decision
from tests.governance.conftest import issued
from xgov.accounts.models import User
from xgov.records.clock import today

SENSITIVE = "OFFICIAL_SENSITIVE"
LEFT_OUT = "Records marked OFFICIAL-SENSITIVE are left out of this pack."


def secretary_of(board: Board, cast: Cast) -> User:
    person = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, person, "secretary")
    return person


# --- what was never told ----------------------------------------------------------------------


def test_a_sensitive_decision_is_told_though_a_pack_without_such_records_came_between(cast: Cast, board: Board) -> None:
    full = issued(board, cast.sro)
    decision = make_decision(cast.programme, cast.manager, cast.sro, marking=SENSITIVE)
    plain = issued(board, secretary_of(board, cast))
    pack = issued(board, cast.sro)
    assert plain.since == pack.since == full.as_at
    assert decision.made_at > pack.since
    assert "Changes are counted from pack 1," in pack.html


def test_without_a_pack_before_that_told_of_sensitive_records_all_of_them_are_new(cast: Cast, board: Board) -> None:
    issued(board, cast.sro, with_sensitive=False)
    pack = issued(board, cast.sro)
    assert pack.since is None
    assert "counts from the beginning" in pack.html


def test_a_pack_without_sensitive_records_counts_from_whichever_was_the_last(cast: Cast, board: Board) -> None:
    issued(board, cast.sro, with_sensitive=False)
    full = issued(board, cast.sro)
    plain = issued(board, secretary_of(board, cast))
    assert plain.since == full.as_at
    assert "Changes are counted from" not in plain.html


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
