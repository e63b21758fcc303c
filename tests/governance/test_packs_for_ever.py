import datetime as dt
from dataclasses import replace

import pytest
from django.db import Error, connection, transaction

from governance.actions import boards
from governance.models import Board, Pack, PackRecipient
from tests.cast import Cast
from tests.factories import make_person, make_risk, make_seat
from tests.governance.conftest import issued
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.papers.sections import Brief
from xgov.records import fixed
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import HistoryBypassed

SENSITIVE = "OFFICIAL_SENSITIVE"


# --- for ever ---------------------------------------------------------------------------------


def test_an_issued_pack_is_never_changed(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    for name, value in [("html", "x"), ("marking", SENSITIVE), ("pdf_sha256", "0" * 64), ("state", "QUEUED")]:
        with acting(cast.sro):
            changed = Pack.objects.get(pk=pack.pk)
            setattr(changed, name, value)
            with pytest.raises(HistoryBypassed):
                changed.save()
            with pytest.raises(HistoryBypassed):
                Pack.objects.save_many([changed], [name])
    with pytest.raises(HistoryBypassed):
        pack.delete()


def test_nobody_is_added_to_the_recipients_of_an_issued_pack(cast: Cast, board: Board) -> None:
    pack = issued(board, cast.sro)
    with acting(cast.sro), pytest.raises(HistoryBypassed):
        PackRecipient.objects.create(
            pack=pack, board=board, programme=cast.programme, person=cast.outsider, name="Oscar", capacity="Guest"
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE governance_pack SET html = 'x'", "DELETE FROM governance_pack",
     "UPDATE governance_packrecipient SET name = 'x'", "DELETE FROM governance_packrecipient"],
)  # fmt: skip
def test_not_even_in_the_database(cast: Cast, board: Board, statement: str) -> None:
    issued(board, cast.sro)
    fixed.protect([Pack, PackRecipient])
    with pytest.raises(Error, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- who sees it ------------------------------------------------------------------------------


def test_whoever_received_a_pack_never_loses_sight_of_it(cast: Cast, board: Board) -> None:
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    seat = make_seat(board, member, since=today() - dt.timedelta(days=9))
    pack = issued(board, cast.sro)
    assert {row.person for row in pack.recipients.all()} == {cast.sro, cast.ao, member}
    boards.end_seat(seat, by=cast.sro, reason="Moved on")
    later = issued(board, cast.sro)
    assert not rules.can(member, Permission.VIEW, board)
    assert list(Pack.objects.visible_to(member)) == [pack]
    assert rules.permissions_on(member, pack) == {Permission.VIEW}
    assert not rules.can(member, Permission.VIEW, later)


def test_people_of_the_programme_and_the_centre_read_its_packs_and_an_outsider_does_not(
    cast: Cast, board: Board
) -> None:
    pack = issued(board, cast.sro)
    for who in ("viewer", "contributor", "manager", "sro", "ao", "auditor", "centre"):
        assert rules.can(getattr(cast, who), Permission.VIEW, pack), who
    for who in ("outsider", "platform", "administrator"):
        assert not rules.can(getattr(cast, who), Permission.VIEW, pack), who


def test_a_pack_that_tells_of_a_sensitive_record_is_marked_and_hidden_from_those_who_may_not_see_it(
    cast: Cast, board: Board
) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    member = make_person("member@dft.example", "Mina Member", cast.dft)
    make_seat(board, member)
    pack = issued(board, cast.sro)
    assert "Secret worry" in pack.html
    assert pack.marking == SENSITIVE
    assert pack.handling == "Named recipients only"
    assert "OFFICIAL-SENSITIVE" in pack.html
    for who in ("sro", "manager", "ao", "auditor"):
        assert rules.can(getattr(cast, who), Permission.VIEW, pack), who
    for who in ("viewer", "contributor", "centre", "outsider"):
        assert not rules.can(getattr(cast, who), Permission.VIEW, pack), who
    assert rules.can(member, Permission.VIEW, pack)


def test_a_pack_that_leaves_sensitive_records_out_is_not_marked_and_says_so(cast: Cast, board: Board) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    pack = issued(board, cast.sro, with_sensitive=False)
    assert "Secret worry" not in pack.html
    assert "left out of this pack" in pack.html
    assert pack.marking == "OFFICIAL"
    assert rules.can(cast.viewer, Permission.VIEW, pack)


def test_a_sensitive_record_that_the_pack_does_not_tell_of_does_not_mark_it(
    cast: Cast, board: Board, shelf: dict
) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    boards.set_running_order(board, ["programmes.summary"], by=cast.sro)
    assert issued(board, cast.sro).marking == "OFFICIAL"


def test_where_there_is_nothing_to_tell_of_a_sensitive_record_but_its_count_it_is_not_counted_and_an_amount_marks(
    cast: Cast, board: Board, shelf: dict
) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor, marking=SENSITIVE)
    make_risk(cast.programme, cast.dwp, cast.contributor)
    make_risk(cast.programme, cast.dwp, cast.contributor)

    def telling(words: str):
        def write(brief: Brief) -> dict:
            seen = len(type(risk).objects.visible_to(brief.reader))
            return {"summary": words % seen, "rows": []}

        return replace(shelf["risks.above_appetite"], write=write)

    for words, marking, printed in [
        ("%s open risks.", "OFFICIAL", "2 open risks."),
        ("They would cost £%sm.", SENSITIVE, "They would cost £3m."),
    ]:
        shelf["risks.above_appetite"] = telling(words)
        pack = issued(board, cast.sro)
        assert pack.marking == marking
        assert printed in pack.html
        assert ("are not counted in this pack" in pack.html) == (marking == "OFFICIAL")


def test_who_may_not_see_sensitive_records_issues_a_pack_without_them(cast: Cast, board: Board) -> None:
    secretary = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(board, secretary, "secretary")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Secret worry", marking=SENSITIVE)
    pack = issued(board, secretary)
    assert pack.marking == "OFFICIAL"
    assert "Secret worry" not in pack.html
