"""What a board reads of the decision log and the agreements, and what readiness takes from them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from governance.actions import agreements, decisions, positions, signing
from governance.board_sections import agreements as agreements_section
from governance.board_sections import decisions_required, decisions_since
from governance.models import Agreement
from governance.readiness_evidence import who_decides
from programmes.models import Programme
from programmes.readiness import Answer
from tests.cast import Cast
from tests.factories import make_board
from tests.factories.agreements import make_agreement, make_open_version
from tests.factories.decisions import make_decision, make_proposal
from xgov.papers.sections import Brief, compose
from xgov.records.clock import now, today
from xgov.records.figures import Figure, FigureState


def brief_of(cast: Cast, reader=None, **fields) -> Brief:
    fields = {"board": None, "since": None, "as_at": now(), **fields}
    programmes = list(Programme.objects.filter(pk=cast.programme.pk).with_parties())
    return Brief(programmes=programmes, reader=reader or cast.sro, **fields)


def printed(composed) -> str:
    return " ".join(render_to_string(composed.template, composed.revived()).split())


def test_a_board_is_asked_what_was_put_to_it_earliest_first(cast: Cast) -> None:
    board = make_board(cast.programme)
    make_proposal(cast.programme, cast.manager)
    late = make_proposal(cast.programme, cast.manager, board=board, question="When?", needed_by=today() - timedelta(1))
    make_proposal(cast.programme, cast.manager, board=board)
    positions.record_position(late, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Too late for us.")
    asked = decisions_required(brief_of(cast, board=board))["decisions"]
    assert [each["reference"] for each in asked] == ["D-002", "D-003"]
    assert asked[0]["recommendation"] == "Open eleven hubs"
    assert [option["costs"] for option in asked[0]["options"]] == [
        "Takes money from prevention.",
        "Six regions wait a year.",
    ]
    (section,) = compose(["governance.decisions_required"], brief_of(cast, board=board))
    assert "DWP: <strong>Dissents</strong>. Too late for us." in printed(section)
    assert "That day has passed." in printed(section)


def test_a_board_reads_who_spoke_the_lead_first_and_of_whom_nothing_is_recorded(cast: Cast) -> None:
    asked = make_proposal(cast.programme, cast.manager)
    positions.record_position(asked, cast.dwp, by=cast.contributor, stance="CONSULTED")
    positions.record_position(asked, cast.mhclg, by=cast.manager, stance="AGREES")
    (told,) = decisions_required(brief_of(cast))["decisions"]
    assert [each["department"] for each in told["positions"]] == ["MHCLG", "DWP"]
    (section,) = compose(["governance.decisions_required"], brief_of(cast))
    assert "Nothing recorded from: DHSC, HO, MOJ." in printed(section)


def test_a_reader_can_tell_which_decisions_and_agreements_are_sensitive(cast: Cast) -> None:
    for marking in ("OFFICIAL", "OFFICIAL_SENSITIVE"):
        make_proposal(cast.programme, cast.manager, marking=marking)
        make_decision(cast.programme, cast.manager, cast.sro, marking=marking)
        make_agreement(cast.programme, cast.manager, marking=marking)
    for key in ("decisions_required", "decisions_since", "agreements"):
        (section,) = compose([f"governance.{key}"], brief_of(cast, cast.auditor))
        assert printed(section).count("OFFICIAL-SENSITIVE") == 1


def test_a_pack_does_not_print_as_a_departments_words_what_the_lead_noted(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    positions.record_position(proposal, cast.dwp, by=cast.manager, stance="DISSENTS", words="Not with our money.")
    (asked,) = compose(["governance.decisions_required"], brief_of(cast))
    assert "<strong>Dissents</strong> (noted by Maya Managewell of MHCLG). Not with our money." in printed(asked)
    decisions.make_decision(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="It is needed.")
    (made,) = compose(["governance.decisions_since"], brief_of(cast))
    assert "Not with our money. (noted by Maya Managewell of MHCLG)" in printed(made)


def test_a_pack_tells_of_decisions_since_the_last_one_and_what_they_superseded(cast: Cast) -> None:
    before = make_decision(cast.programme, cast.manager, cast.sro)
    make_decision(cast.programme, cast.manager, cast.sro, question="Long settled?")
    since = now()
    effect = Figure(Decimal(4_200_000), FigureState.KNOWN)
    make_decision(cast.programme, cast.manager, cast.sro, supersedes=before, financial_effect=effect)
    rows = decisions_since(brief_of(cast, since=since))["rows"]
    assert [(row["reference"], row["supersedes"], row["superseded_by"]) for row in rows] == [
        ("D-003", "D-001", ""), ("D-001", "", "D-003"),
    ]  # fmt: skip
    assert rows[0]["financial_effect"] == "£4.2m"
    (section,) = compose(["governance.decisions_since"], brief_of(cast, since=since))
    assert "Supersedes D-001." in printed(section)
    assert "Superseded by D-003." in printed(section)


def test_a_pack_for_a_reader_without_the_permission_names_no_sensitive_decision(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    make_decision(cast.programme, cast.manager, cast.sro, supersedes=old, marking="OFFICIAL_SENSITIVE")
    make_proposal(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE")
    assert decisions_required(brief_of(cast, cast.viewer))["decisions"] == []
    (row,) = decisions_since(brief_of(cast, cast.viewer))["rows"]
    assert (row["superseded_by"], row["is_superseded"]) == ("", True)
    assert len(decisions_since(brief_of(cast, cast.auditor))["rows"]) == 2


def test_a_pack_says_who_has_signed_and_who_is_waited_for(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    signing.sign(version, cast.mhclg, by=cast.ao, sha256=version.sha256, post="Permanent Secretary", confirmed=True)
    (row,) = agreements_section(brief_of(cast))["rows"]
    (told,) = row["versions"]
    assert told["waited_for"] == ["DWP", "DHSC", "HO", "MOJ"]
    assert told["signed"][0].startswith("MHCLG (Alan Accountable, ")
    (section,) = compose(["governance.agreements"], brief_of(cast))
    assert version.short_hash in printed(section)


@pytest.mark.parametrize("section", ["decisions_required", "decisions_since", "agreements"])
def test_an_empty_section_says_so_and_a_full_one_asks_no_more_queries(
    cast: Cast, section: str, django_assert_max_num_queries
) -> None:
    (composed,) = compose([f"governance.{section}"], brief_of(cast))
    assert "<table" not in printed(composed)
    for _ in range(5):
        make_open_version(cast.programme, cast.manager)
        make_decision(cast.programme, cast.manager, cast.sro)
        make_proposal(cast.programme, cast.manager)
    with django_assert_max_num_queries(14):
        compose([f"governance.{section}"], brief_of(cast))


def test_readiness_knows_the_deciding_board_the_memorandum_and_what_is_overdue(cast: Cast) -> None:
    assert list(who_decides(cast.programme)) == []
    make_board(cast.programme, name="Joint board", is_deciding=True)
    agreement = make_agreement(cast.programme, cast.manager)
    make_proposal(cast.programme, cast.manager, needed_by=today() - timedelta(days=1))
    make_proposal(cast.programme, cast.manager, needed_by=today(), marking="OFFICIAL_SENSITIVE")
    found = [(finding.answer, str(finding.words)) for finding in who_decides(cast.programme)]
    assert found == [
        (Answer.CLEAR, "Joint board takes the decisions that go beyond the SRO's limits."),
        (Answer.VAGUE, "The memorandum that says who decides is a draft."),
        (Answer.VAGUE, "1 decision is past the day it was needed by."),
    ]
    agreements.open_for_signature(Agreement.objects.get(pk=agreement.pk).current, by=cast.manager)
    words = [str(finding.words) for finding in who_decides(cast.programme)]
    assert "The memorandum that says who decides still waits for: MHCLG, DWP, DHSC, HO, MOJ." in words
