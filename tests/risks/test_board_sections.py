"""What the register says to a board."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template.loader import render_to_string

from programmes.changes import changes_since
from risks.actions import close_risk, rescore_risk
from risks.board_sections import appetite, escalations, movers
from risks.board_sections.telling import score_told
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_appetite, make_mitigation, make_programme, make_risk
from tests.factories.escalations import make_escalation
from xgov.papers.sections import Brief, compose
from xgov.records.clock import now, today

LONDON = ZoneInfo("Europe/London")
LAST_PACK = datetime(2026, 11, 1, 9, tzinfo=LONDON)


def brief(cast: Cast, reader=None, since=None, **changes) -> Brief:
    return Brief(**{"programmes": [cast.programme], "board": None, "since": since, "as_at": now(),
                    "reader": reader or cast.sro, **changes})  # fmt: skip


def told(key: str, about: Brief) -> dict:
    (composed,) = compose([key], about)
    return composed.revived()


@pytest.fixture
def above(cast: Cast) -> Risk:
    make_appetite(cast.programme, limit=9, since=datetime(2026, 10, 1).date())
    with time_machine.travel(LAST_PACK - timedelta(days=3)):
        risk = make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0001", title="Claims lapse")
    return rescore_risk(risk, by=cast.contributor, reason="Two shelters closed", residual=(4, 5))


def test_the_board_reads_what_is_above_appetite_and_what_is_done_about_it(cast: Cast, above: Risk) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, category="LEGAL", residual=(5, 5))
    make_mitigation(above, text="Sooner", due=today() + timedelta(days=3))
    make_mitigation(above, text="Later", due=today() + timedelta(days=9))
    section = told("risks.above_appetite", brief(cast, since=LAST_PACK))
    (row,) = section["rows"]
    assert (row["reference"], row["score"], row["score_words"], row["colour"]) == (
        "R-0001", 20, "4 x 5, very high", "red",
    )  # fmt: skip
    assert (row["limit"], row["moved"], row["next"], row["due"]) == (
        9, "Up from 9", "Sooner", today() + timedelta(days=3),
    )  # fmt: skip
    assert section["summary"] == "1 of 2 open risks is above the appetite agreed for its category."
    assert section["left_out"] == "Left out are risks in categories for which no appetite has been agreed: legal."


def test_the_summary_tells_the_highest_risks_that_moved_and_how_many_more(cast: Cast, above: Risk, monkeypatch) -> None:
    monkeypatch.setattr(movers, "MOST_SENTENCES", 2)
    new = [
        make_risk(cast.programme, cast.dwp, cast.contributor, reference=f"R-010{number}", title="It is new")
        for number in range(3)
    ]
    close_risk(new[2], by=cast.manager, reason="Gone")
    told_of = changes_since(cast.programme, [], brief(cast, since=LAST_PACK))[-3:]
    assert told_of == [
        "R-0001 rose from 9 to 20: Claims lapse.", "R-0102 ended (closed): It is new.", "2 more risks have moved."
    ]  # fmt: skip
    assert changes_since(cast.programme, [], brief(cast)) == []


def test_what_should_have_been_done_by_now_is_printed_as_late(cast: Cast, above: Risk) -> None:
    day = today() - timedelta(days=12)
    make_mitigation(above, text="Add the three prisons", due=day)
    (composed,) = compose(["risks.above_appetite"], brief(cast))
    printed = render_to_string(composed.template, composed.revived())
    assert f"late since {day.day} {day:%B %Y}" in printed
    assert f"by {day.day} {day:%B %Y}" not in printed


def test_a_reader_without_the_right_is_told_nothing_of_a_sensitive_risk(cast: Cast, sensitive_risk: Risk) -> None:
    make_appetite(cast.programme, "COMMERCIAL", limit=4)
    rescore_risk(sensitive_risk, by=cast.sro, reason="As before", residual=(5, 5))
    assert len(told("risks.above_appetite", brief(cast))["rows"]) == 1
    hidden = told("risks.above_appetite", brief(cast, reader=cast.viewer))
    assert (hidden["rows"], hidden["summary"], hidden["left_out"]) == ([], "No open risk is recorded.", "")


def test_a_reader_can_tell_which_risk_is_sensitive(cast: Cast, above: Risk, sensitive_risk: Risk) -> None:
    make_appetite(cast.programme, "COMMERCIAL", limit=4)
    sensitive_risk = rescore_risk(sensitive_risk, by=cast.sro, reason="As before", residual=(5, 5))
    for key in ("risks.above_appetite", "risks.movers", "risks.escalations"):
        (composed,) = compose([key], brief(cast, since=LAST_PACK))
        printed = render_to_string(composed.template, composed.revived())
        assert "OFFICIAL-SENSITIVE" in printed
        rows = {row["reference"]: row["marking"] for row in composed.values["rows"]}
        assert (rows["R-0001"], rows[sensitive_risk.reference]) == ("", "OFFICIAL-SENSITIVE")
    told_of = changes_since(cast.programme, [], brief(cast, since=LAST_PACK))
    (sensitive,) = [sentence for sentence in told_of if sentence.endswith("(OFFICIAL-SENSITIVE)")]
    assert sensitive.startswith(sensitive_risk.reference)


def test_a_risk_that_waits_for_two_levels_is_one_risk(cast: Cast, above: Risk) -> None:
    assert above.escalations.count() == 2  # its score climbs to both
    section = told("risks.escalations", brief(cast))
    assert section["summary"] == "1 escalated risk waits for an answer."
    assert len(section["rows"]) == 2


def test_what_waits_is_printed_before_what_is_over_with_why_it_came(cast: Cast) -> None:
    over, waits = (make_risk(cast.programme, cast.dwp, cast.contributor) for _ in range(2))
    make_escalation(
        over, state="ENDED", ended_at=now(), outcome="It is over.", response_due=today() - timedelta(days=9)
    )
    make_escalation(waits, reason="Two shelters closed at once.")
    (composed,) = compose(["risks.escalations"], brief(cast, since=LAST_PACK))
    assert [row["reference"] for row in composed.values["rows"]] == [waits.reference, over.reference]
    assert "Two shelters closed at once." in render_to_string(composed.template, composed.revived())


def test_every_risk_that_waits_is_counted_also_when_not_all_are_printed(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(escalations, "MOST_ROWS", 2)
    for _ in range(4):
        make_escalation(make_risk(cast.programme, cast.dwp, cast.contributor))
    section = told("risks.escalations", brief(cast))
    assert section["summary"] == "4 escalated risks wait for an answer."
    assert (len(section["rows"]), section["left_out"]) == (2, "Only the first 2 are printed.")


def test_no_more_risks_are_printed_than_anybody_reads(cast: Cast, above: Risk, monkeypatch) -> None:
    monkeypatch.setattr(appetite, "MOST_ROWS", 2)
    for _ in range(3):
        make_risk(
            cast.programme, cast.dwp, cast.contributor, residual=(3, 4), above_appetite_since=now(), appetite_limit=9
        )
    section = told("risks.above_appetite", brief(cast))
    assert [row["score"] for row in section["rows"]] == [20, 12]
    assert section["left_out"] == "2 more are not printed; the register has them all."


def test_a_board_of_several_programmes_reads_whose_risk_it_is(cast: Cast, above: Risk) -> None:
    several = brief(cast, programmes=[cast.programme, make_programme(cast.mhclg)])
    assert told("risks.above_appetite", several)["rows"][0]["reference"] == "RS-001 R-0001"


def test_the_board_reads_what_has_moved_since_its_last_pack(cast: Cast, above: Risk) -> None:
    with time_machine.travel(LAST_PACK - timedelta(days=2)):
        still = make_risk(cast.programme, cast.dwp, cast.contributor, title="Still")
        falls = make_risk(cast.programme, cast.dwp, cast.contributor, title="Falls")
        ends = make_risk(cast.programme, cast.dwp, cast.contributor, title="Ends", residual=(2, 2))
        close_risk(make_risk(cast.programme, cast.dwp, cast.contributor), by=cast.manager, reason="Long ago")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Comes", residual=(1, 1))
    rescore_risk(falls, by=cast.contributor, reason="It is better", residual=(2, 3))
    close_risk(ends, by=cast.contributor, reason="It is over")
    rows = told("risks.movers", brief(cast, since=LAST_PACK))["rows"]
    assert [(row["title"], row["what"], row["why"]) for row in rows] == [
        ("Claims lapse", "Up from 9", "Two shelters closed"),
        ("Falls", "Down from 9", "It is better"),
        ("Ends", "Closed", "It is over"),
        ("Comes", "New", "So that there is something to test"),
    ]
    assert still.title not in str(rows)


def test_a_draft_that_ended_without_a_score_is_no_news_for_a_board(cast: Cast, above: Risk) -> None:
    nothing = dict.fromkeys(("inherent", "residual", "target"), (None, None))
    draft = make_risk(cast.programme, cast.mhclg, cast.manager, status="DRAFT", title="A passing thought", **nothing)
    scored = make_risk(cast.programme, cast.mhclg, cast.manager, status="DRAFT", title="A second thought")
    for thought in (draft, scored):
        close_risk(thought, by=cast.manager, reason="It was nothing.")
    said = told("risks.movers", brief(cast, since=LAST_PACK))
    assert [row["title"] for row in said["rows"]] == [above.title]
    assert score_told(draft) == {"score": "", "score_words": "not scored", "colour": "grey"}


def test_the_first_pack_has_nothing_to_compare_with(cast: Cast, above: Risk) -> None:
    assert told("risks.movers", brief(cast)) == {"since": None, "rows": [], "left_out": ""}


@pytest.mark.parametrize("key", ["risks.above_appetite", "risks.movers"])
def test_a_section_asks_no_more_for_six_risks_than_for_one(
    cast: Cast, above: Risk, key: str, django_assert_max_num_queries
) -> None:
    for _ in range(6):
        make_mitigation(make_risk(cast.programme, cast.dwp, cast.contributor, above_appetite_since=now()))
    with django_assert_max_num_queries(16):
        assert len(told(key, brief(cast, since=LAST_PACK))["rows"]) == 7


@pytest.mark.parametrize("key", ["risks.above_appetite", "risks.movers"])
@pytest.mark.parametrize("since", [None, LAST_PACK])
def test_what_a_section_says_can_be_printed(cast: Cast, above: Risk, key: str, since) -> None:
    (composed,) = compose([key], brief(cast, since=since))
    printed = render_to_string(composed.template, composed.revived())
    assert ("Claims lapse" in printed) is (since is not None or key == "risks.above_appetite")
