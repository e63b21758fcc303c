"""What the page of a decision says of who spoke, and who opens it by a seat on its board."""

import pytest
from django.urls import reverse

from governance.actions import positions
from governance.actions.decisions import make_decision as make_it
from programmes.actions import accept_invitation, invite_department, withdraw_department
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm
from tests.factories import make_board, make_person, make_seat
from tests.factories.decisions import make_decision, make_proposal
from tests.governance.test_decisions_in_packs import brief_of, printed
from tests.governance.test_decisions_pages import address, making
from xgov.pages.values import day
from xgov.papers.sections import compose
from xgov.records.clock import today


def test_who_was_silent_is_who_was_in_the_programme_when_it_was_decided(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    invitation = invite_department(cast.programme, cast.dft, by=cast.manager)
    gone, leaving = (Party.objects.get(programme=cast.programme, department=d) for d in (cast.home_office, cast.dwp))
    withdraw_department(gone, by=cast.manager, reason="Left before")
    make_it(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="People sleep rough in every region.")
    withdraw_department(leaving, by=cast.manager, reason="Left afterwards")
    accept_invitation(invitation, by=cast.outsider)
    page = client_of(cast.viewer).get(address("decision", "D-001")).text
    assert "Nothing recorded from: DHSC, DWP, MHCLG, MOJ." in page


def test_a_member_of_the_board_opens_its_decision_by_the_seat_alone_and_records_a_position(cast: Cast) -> None:
    board = make_board(cast.programme)
    make_proposal(cast.programme, cast.manager, board=board)
    make_proposal(cast.programme, cast.manager, question="Not of that board")
    make_proposal(cast.programme, cast.manager, board=board, marking="OFFICIAL_SENSITIVE")
    member = make_person("member@dwp.example", "Mina Member", cast.dwp)
    make_seat(board, member)
    client = client_of(member)
    found = client.get(reverse("pages:search"), {"q": "hubs"}).text
    assert address("decision", "D-001") in found
    page = client.get(address("decision", "D-001")).text
    assert f"People with a role in {cast.programme} or in {board}<br>" in page
    assert "Record the position of DWP" in page
    assert "Record the position of MOJ" not in page
    assert board.get_absolute_url() in page
    assert cast.programme.get_absolute_url() + '"' not in page
    assert address("decision-list") + '"' not in page
    answer = {"stance": "DISSENTS", "words": "Takes our money."}
    assert client.get(address("position", "D-001", cast.dwp.slug)).status_code == 200
    assert "Takes our money." in client.post(address("position", "D-001", cast.dwp.slug), answer, follow=True).text
    for hidden in ("D-002", "D-003"):
        assert client.get(address("decision", hidden)).status_code == 404
    assert client.get(address("decision-list")).status_code == 404
    for name in ("make-decision", "change-decision", "withdraw-decision", "supersede-decision"):
        assert client.get(address(name, "D-001")).status_code == 403


@pytest.mark.parametrize(
    ("changed", "with_board"),
    [
        ({"effect_state": "NOT_KNOWN", "financial_effect": ""}, False), ({"financial_effect": "0"}, False), ({}, True),
    ],
)  # fmt: skip
def test_what_costs_nothing_known_or_is_taken_at_a_board_needs_no_authority_of_one_person(
    cast: Cast, changed: dict, with_board: bool
) -> None:
    make_proposal(cast.programme, cast.manager, board=make_board(cast.programme) if with_board else None)
    form = making(authority="", **changed)
    answer = answer_and_confirm(client_of(cast.sro), address("make-decision", "D-001"), form, follow=True)
    assert "D-001 is made" in answer.text


def test_the_position_of_a_department_that_has_left_is_shown_with_the_day(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    positions.record_position(proposal, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Too dear.")
    positions.record_position(proposal, cast.mhclg, by=cast.manager, stance="AGREES")
    client, left = client_of(cast.sro), f"Left the programme on {day(today())}"
    pages = [address(name, "D-001") for name in ("decision", "make-decision")]
    assert all(left not in client.get(url).text for url in pages)
    withdraw_department(
        Party.objects.get(programme=cast.programme, department=cast.dwp), by=cast.manager, reason="Another way"
    )
    assert all(client.get(url).text.count(left) == 1 for url in pages)
    (asked,) = compose(["governance.decisions_required"], brief_of(cast))
    assert f"DWP (left the programme on {day(today())}): <strong>Dissents</strong>. Too dear." in printed(asked)
    make_it(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="It is needed.")
    (made,) = compose(["governance.decisions_since"], brief_of(cast))
    assert f"Too dear. (DWP left the programme on {day(today())})" in printed(made)


def test_a_decision_on_which_nobody_spoke_says_so_once(cast: Cast) -> None:
    make_decision(cast.programme, cast.manager, cast.sro)
    page = client_of(cast.viewer).get(address("decision", "D-001")).text
    assert "Nothing recorded from: DHSC, DWP, HO, MHCLG, MOJ." in page
    assert "No position was recorded" not in page
