"""The joint board, its decisions (one was superseded, one waits) and the signed memorandum."""

from decimal import Decimal

from governance.actions import packs
from governance.actions.agreements import change_agreement, draft_agreement, open_for_signature
from governance.actions.boards import appoint_to_board, create_board
from governance.actions.decisions import OfferedOption, make_decision, propose_decision
from governance.actions.positions import record_position
from governance.actions.signing import sign
from governance.models import Agreement, Board, Decision
from xgov.demo import people as p
from xgov.demo.calendar import day, on, working_day
from xgov.demo.story.cast import StoryCast
from xgov.jobs.running import do_here
from xgov.papers.sections import all_sections
from xgov.records.figures import Figure, FigureState

SIGNATORIES = [
    (p.MHCLG, "ao@mhclg", "Permanent Secretary", 318),
    (p.DWP, "signatory@dwp", "Director General, Service Delivery", 317),
    (p.MOJ, "signatory@moj", "Director General, Policy", 315),
    (p.DHSC, "signatory@dhsc", "Director General, Public Health", 312),
    (p.HOME_OFFICE, "signatory@homeoffice", "Director General", 306),
]


def found_board(cast: StoryCast) -> Board:
    with on(360):
        board = create_board(
            cast.programme,
            by=cast.manager,
            name="Rough Sleeping Joint Board",
            is_deciding=True,
            remit="Takes the decisions that no department can take alone, keeps the programme within its appetite for "
            "risk, and looks at the five joint measures each quarter.",
            running_order=_running_order(),
        )
        for address in ("manager@dwp", "manager@moj", "manager@dhsc", "manager@homeoffice", "director@mhclg"):
            appoint_to_board(board, cast[address], "board_member", by=cast.manager)
        appoint_to_board(board, cast["secretary@mhclg"], "secretary", by=cast.manager)
    return board


def _running_order() -> list[str]:
    """What is usual, and what this board asked for besides."""
    asked_for = {"risks.by_department", "risks.gathered"}
    return [section.key for section in all_sections() if section.usual or section.key in asked_for]


def sign_memorandum(cast: StoryCast) -> None:
    cast.programme.refresh_from_db()
    with on(330):
        agreement = draft_agreement(
            cast.programme, by=cast.manager, title="Memorandum of understanding: fewer people sleeping rough"
        )
    with on(320):
        version = open_for_signature(
            agreement.versions.get(), by=cast.manager, change_summary="First version, agreed by the five departments."
        )
    for slug, address, post, days_ago in SIGNATORIES:
        with on(days_ago):
            sign(version, cast.departments[slug], by=cast[address], sha256=version.sha256, post=post, confirmed=True)
    with on(190):
        signed = Agreement.objects.get(pk=agreement.pk)
        change_agreement(
            signed, by=cast.manager, title=signed.title, marking=signed.marking, review_on=day(-175),
            reason="Reviewed with all five departments; it stands as it is",
        )  # fmt: skip


def decide(cast: StoryCast, board: Board) -> None:
    first = _how_often_cities_report(cast, board)
    _change_of_mind(cast, board, first)


def _how_often_cities_report(cast: StoryCast, board: Board) -> Decision:
    with on(290):
        decision = propose_decision(
            cast.programme,
            by=cast.manager,
            board=board,
            question="How often do the cities report new arrivals?",
            background="The joint measures need one count that all twelve cities can make.",
            needed_by=day(280),
            options=[
                OfferedOption("Once a quarter", "Cheapest for the cities.", "Too late to move beds in winter."),
                OfferedOption(
                    "Once a week", "Lets beds follow need.", "Costs each city about half a post.", is_recommended=True
                ),
            ],
        )
        record_position(decision, cast.departments[p.DWP], by=cast["manager@dwp"], stance="AGREES")
        record_position(
            decision,
            cast.departments[p.HOME_OFFICE],
            by=cast["manager@homeoffice"],
            stance="DISSENTS",
            words="A weekly count takes workers off the street when they are needed there.",
        )
    with on(282):
        return make_decision(
            decision,
            by=cast.sro,
            chosen=decision.options.get(is_recommended=True),
            decided_on=day(282),
            rationale="Without a weekly count nobody can say in January where February needs beds.",
            authority="SRO: changes between cities up to £5m",
            review_on=day(190),
            financial_effect=Figure(Decimal("480000"), FigureState.KNOWN),
        )


def _change_of_mind(cast: StoryCast, board: Board, first: Decision) -> None:
    with on(195):
        second = propose_decision(
            cast.programme,
            by=cast.manager,
            board=board,
            supersedes=first,
            question="Do the cities still need to report new arrivals every week in summer?",
            background="Between May and September the weekly count changed little from one week to the next.",
            options=[
                OfferedOption("Weekly all year", "One rule for everybody.", "400 worker days a summer."),
                OfferedOption(
                    "Monthly from May to September", "Frees workers for outreach.", "Slower.", is_recommended=True
                ),
            ],
        )
        record_position(second, cast.departments[p.HOME_OFFICE], by=cast["manager@homeoffice"], stance="AGREES")
    with on(186):
        make_decision(
            second,
            by=cast.sro,
            chosen=second.options.get(is_recommended=True),
            decided_on=day(186),
            rationale="The summer counts changed by less than one in twenty from week to week; the workers "
            "are worth more on the street.",
            authority="SRO: changes between cities up to £5m",
        )


def what_waits(cast: StoryCast, board: Board) -> None:
    with on(15):
        open_question = propose_decision(
            cast.programme,
            by=cast["secretary@mhclg"],
            board=board,
            needed_by=day(-10),
            question="Who carries the move-on beds from April until the spending review settles them?",
            background="The Home Office's share ends in March. About 900 people a month use these beds.",
            options=[
                OfferedOption(
                    "Each department carries a fifth",
                    "Keeps every bed.",
                    "£3.1m from each, unplanned.",
                    is_recommended=True,
                ),
                OfferedOption(
                    "Keep the beds of the four largest cities", "Saves half the money.", "400 people lose a place."
                ),
                OfferedOption("Let the beds close", "Needs no money now.", "Shelters fill within six weeks."),
            ],
        )
    with on(12):
        record_position(
            open_question,
            cast.departments[p.DWP],
            by=cast["manager@dwp"],
            stance="CONSULTED",
            words="We can find our share if the bid to the Treasury goes in jointly.",
        )
        record_position(
            open_question,
            cast.departments[p.MOJ],
            by=cast.manager,
            stance="CONSULTED",
            words="Said by telephone that it will answer before the board meets.",
        )


def issue_pack(cast: StoryCast, board: Board) -> None:
    with on(70):
        pack = packs.issue_pack(
            board, by=cast.sro, meeting_on=working_day(63), with_sensitive=False, reason="Quarterly meeting"
        )
        do_here(pack.newest_job)
