"""A board's secretary prepares what the board is asked to decide: for that board alone, and never decides it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from governance.actions import boards, decisions
from governance.models import Board, Decision
from tests.cast import Cast, client_of
from tests.factories import make_board, make_person, make_programme, make_seat
from tests.factories.decisions import make_decision, make_proposal
from tests.governance.test_decisions_pages import address, proposal
from xgov.accounts.models import User
from xgov.records.errors import RuleBroken


@pytest.fixture
def own_board(cast: Cast) -> Board:
    return make_board(cast.programme, name="Own board", slug="own-board")


@pytest.fixture
def other_board(cast: Cast) -> Board:
    return make_board(cast.programme, name="Other board", slug="other-board")


@pytest.fixture
def secretary(cast: Cast, own_board: Board) -> User:
    person = make_person("secretary@dft.example", "Sam Secretary", cast.dft)
    make_seat(own_board, person, "secretary")
    return person


def test_a_secretary_proposes_changes_and_withdraws_for_their_board(cast: Cast, secretary: User, own_board) -> None:
    decision = make_proposal(cast.programme, secretary, board=own_board)
    assert decision.history.first().history_signer == "Sam Secretary"
    decisions.change_proposal(decision, by=secretary, question="How many hubs, and where?")
    decisions.withdraw_proposal(decision, by=secretary, reason="Settled in the meeting before")
    assert Decision.objects.get().status == Decision.Status.WITHDRAWN


def test_a_secretary_prepares_what_somebody_else_put_to_their_board(cast: Cast, secretary: User, own_board) -> None:
    decision = make_proposal(cast.programme, cast.manager, board=own_board)
    decisions.change_proposal(decision, by=secretary, background="The paper of the working group is attached.")
    assert Decision.objects.get().background.startswith("The paper")


@pytest.mark.parametrize("where", ["other board", "no board"])
def test_a_secretary_prepares_nothing_for_others(cast: Cast, secretary: User, own_board, other_board, where) -> None:
    board = other_board if where == "other board" else None
    with pytest.raises(PermissionDenied):
        make_proposal(cast.programme, secretary, board=board)
    theirs = make_proposal(cast.programme, cast.manager, board=board)
    own = make_proposal(cast.programme, secretary, board=own_board)
    for change in (
        lambda: decisions.change_proposal(theirs, by=secretary, question="Mine?"),
        lambda: decisions.change_proposal(theirs, by=secretary, board=own_board),
        lambda: decisions.change_proposal(own, by=secretary, board=board),
        lambda: decisions.withdraw_proposal(theirs, by=secretary, reason="Mine"),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert {decision.lock_version for decision in Decision.objects.all()} == {0}


def test_a_secretary_supersedes_what_their_board_decided_and_nothing_else(
    cast: Cast, secretary: User, own_board: Board, other_board: Board
) -> None:
    ours = make_decision(cast.programme, cast.manager, cast.sro, board=own_board)
    theirs = make_decision(cast.programme, cast.manager, cast.sro, board=other_board)
    assert make_proposal(cast.programme, secretary, board=own_board, supersedes=ours).supersedes == ours
    with pytest.raises(PermissionDenied):
        make_proposal(cast.programme, secretary, board=own_board, supersedes=theirs)


def test_a_secretary_does_not_decide_and_proposes_nothing_sensitive(cast: Cast, secretary: User, own_board) -> None:
    with pytest.raises(PermissionDenied):
        make_proposal(cast.programme, secretary, board=own_board, marking="OFFICIAL_SENSITIVE")
    hidden = make_proposal(cast.programme, cast.manager, board=own_board, marking="OFFICIAL_SENSITIVE")
    with pytest.raises(PermissionDenied):
        decisions.change_proposal(hidden, by=secretary, question="Mine?")
    decision = make_proposal(cast.programme, secretary, board=own_board)
    with pytest.raises(PermissionDenied):
        decisions.make_decision(decision, by=secretary, rationale="Because", decision_words="Yes")


def test_a_seat_that_ended_or_a_board_that_closed_prepares_nothing(cast: Cast, secretary: User, own_board) -> None:
    decision = make_proposal(cast.programme, secretary, board=own_board)
    boards.close_board(own_board, by=cast.manager, reason="Its work is done")
    decision = Decision.objects.get(pk=decision.pk)
    with pytest.raises(PermissionDenied):
        decisions.change_proposal(decision, by=secretary, question="Mine?")
    with pytest.raises((PermissionDenied, RuleBroken)):
        make_proposal(cast.programme, secretary, board=Board.objects.get(pk=own_board.pk))


def test_a_member_of_the_board_proposes_nothing(cast: Cast, own_board: Board) -> None:
    make_seat(own_board, cast.outsider, "board_member")
    make_seat(own_board, cast.viewer, "board_member")
    for person in (cast.outsider, cast.viewer):
        with pytest.raises(PermissionDenied):
            make_proposal(cast.programme, person, board=own_board)


def test_a_secretary_is_offered_their_own_board_and_no_other(
    cast: Cast, secretary: User, own_board, other_board
) -> None:
    client = client_of(secretary)
    ask = address("propose-decision")
    assert ask in client.get(address("decision-list")).content.decode()
    assert f"{ask}?board=own-board" in client.get(reverse("governance:board", args=["own-board"])).content.decode()
    form = client.get(ask).context["form"]
    assert [str(board) for board in form.fields["board"].queryset] == ["Own board"]
    assert "marking" not in form.fields
    refused = client.post(ask, proposal(board=other_board.pk)).context["form"]
    assert "board" in refused.errors
    page = client.post(ask, proposal(board=own_board.pk), follow=True).content.decode()
    assert "D-001 is proposed" in page
    assert "Change proposal" in page
    assert "Make this decision" not in page
    assert client.get(address("change-decision", "D-001")).status_code == 200
    assert client.get(address("make-decision", "D-001")).status_code == 403


def test_a_secretary_reaches_no_page_of_another_boards_proposal(cast: Cast, secretary: User, other_board) -> None:
    make_proposal(cast.programme, cast.manager, board=other_board)
    client = client_of(secretary)
    page = client.get(address("decision", "D-001")).content.decode()
    assert "Change proposal" not in page
    for name in ("change-decision", "withdraw-decision", "supersede-decision"):
        assert client.get(address(name, "D-001")).status_code == 403
        assert client.post(address(name, "D-001"), proposal(reason="x")).status_code == 403


def test_a_secretary_proposes_nothing_in_another_programme(cast: Cast, secretary: User) -> None:
    other = make_programme(cast.mhclg)
    assert client_of(secretary).get(reverse("governance:propose-decision", args=[other.reference])).status_code == 404


def test_who_runs_the_programme_may_still_leave_it_to_one_person(cast: Cast, own_board: Board) -> None:
    client = client_of(cast.manager)
    form = client.get(address("propose-decision"), {"board": "own-board"}).context["form"]
    assert form.initial["board"] == own_board.pk
    assert "marking" in form.fields
    client.post(address("propose-decision"), proposal())
    assert Decision.objects.get().board is None
