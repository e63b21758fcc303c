"""What boards, the readiness check and files are told, and what they are not told."""

from datetime import UTC, date, datetime

import time_machine
from django.template.loader import render_to_string

from datasharing import actions, board_sections
from datasharing.readiness_evidence import data_sharing_plan
from tests.cast import Cast
from tests.factories.datasharing import make_dataset, make_flow, make_plan, make_whole_flow
from xgov.access.standing import remembering
from xgov.accounts.models import User
from xgov.papers.sections import Brief, compose

NOON = "2026-11-22 12:00:00+00:00"


def brief_for(cast: Cast, reader: User) -> Brief:
    return Brief([cast.programme], None, None, datetime(2026, 11, 22, 12, tzinfo=UTC), reader)


@time_machine.travel(NOON, tick=False)
def test_a_board_reads_what_is_late_first_and_whether_data_may_move(cast: Cast) -> None:
    make_dataset(cast.programme, cast.moj, name="Releases", first_due_on=date(2026, 12, 1))
    late = make_dataset(cast.programme, cast.dwp, name="Claims", first_due_on=date(2026, 11, 1))
    live = make_whole_flow(late, cast.mhclg)
    actions.make_ready(live, by=cast.manager)
    actions.go_live(live, by=cast.manager)
    make_flow(late, cast.moj)
    (composed,) = compose(["datasharing.refreshes"], brief_for(cast, cast.sro))
    values = composed.revived()
    assert values["summary"] == "1 of 2 datasets are late. 1 of 2 flows are live."
    first, second = values["rows"]
    assert (first["state"], first["colour"], first["flow"]) == ("Late", "red", "DWP → MHCLG, MOJ")
    assert "21 days late" in first["words"]
    assert f"{live.reference} is live." in first["words"]
    assert "is draft; 4 things are missing." in first["words"]
    assert second["due"] == date(2026, 12, 1)
    assert "No flow recorded" in second["words"]
    assert "late ones first, then by the day they are due" in render_to_string(composed.template, values)


def test_a_board_is_told_when_there_is_nothing(cast: Cast) -> None:
    assert board_sections.refreshes(brief_for(cast, cast.sro))["summary"] == "No dataset has been recorded."


def test_a_pack_for_a_reader_without_sight_of_sensitive_records_leaves_them_out(cast: Cast) -> None:
    hidden = make_dataset(cast.programme, cast.dwp, name="Informants", marking="OFFICIAL_SENSITIVE")
    make_flow(hidden, cast.mhclg)
    assert board_sections.refreshes(brief_for(cast, cast.viewer))["rows"] == []
    assert "0 of" not in board_sections.refreshes(brief_for(cast, cast.viewer))["summary"]
    assert len(board_sections.refreshes(brief_for(cast, cast.sro))["rows"]) == 1


def test_a_pack_asks_no_more_for_six_datasets_than_for_one(cast: Cast, django_assert_max_num_queries) -> None:
    for _ in range(2):
        with remembering(), django_assert_max_num_queries(7):
            board_sections.refreshes(brief_for(cast, cast.sro))
        for _ in range(6):
            make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)


def test_readiness_hears_nothing_where_there_is_no_plan(cast: Cast) -> None:
    make_dataset(cast.programme, cast.dwp)
    assert list(data_sharing_plan(cast.programme)) == []


def test_readiness_is_clear_once_the_plan_is_agreed_and_each_flow_is_whole(cast: Cast) -> None:
    plan = make_plan(cast.programme)
    assert {finding.answer for finding in data_sharing_plan(cast.programme)} == {"VAGUE"}
    actions.change_plan(plan, by=cast.manager, minimum_dataset="Names.", outcome_served="Help.", owner=cast.sro)
    actions.agree_plan(plan, by=cast.manager, review_on=date(2999, 1, 1))
    flow = make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    assert [finding.answer for finding in data_sharing_plan(cast.programme)] == ["CLEAR", "VAGUE"]
    actions.end_flow(flow, by=cast.manager, reason="Not needed.")
    make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    assert {finding.answer for finding in data_sharing_plan(cast.programme)} == {"CLEAR"}


def test_readiness_gives_nothing_sensitive_away(cast: Cast) -> None:
    make_plan(cast.programme)
    make_flow(make_dataset(cast.programme, cast.dwp, name="Informants", marking="OFFICIAL_SENSITIVE"), cast.mhclg)
    assert "Informants" not in " ".join(str(finding.words) for finding in data_sharing_plan(cast.programme))
