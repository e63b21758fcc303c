"""What a board can read of its register besides what is above appetite and what has moved."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from governance.models.boards import usual_running_order
from risks.actions import close_risk, link_risks, rescore_risk, share_upwards
from risks.board_sections import reviews
from risks.models import Risk
from risks.register_terms import DEFAULT_TERMS, Terms
from risks.scales import NATIONAL_RISK_REGISTER
from tests.cast import Cast
from tests.factories import make_appetite, make_programme, make_risk, make_settings
from tests.papers.example_pack import HEAD
from tests.risks.test_board_sections import LAST_PACK, brief, told
from xgov.access.memory import remembering
from xgov.papers import pdf
from xgov.papers.document import pack_html
from xgov.papers.sections import Brief, compose
from xgov.records.clock import now, today

KEYS = ["risks.heat_map", "risks.overdue_reviews", "risks.by_department", "risks.gathered"]
LONG_AGO = LAST_PACK - timedelta(days=20)


@pytest.fixture
def register(cast: Cast) -> dict[str, Risk]:
    """Of DWP one that rose since the last pack and one that ended; of MHCLG one that is late and one sensitive."""
    with time_machine.travel(LONG_AGO, tick=False):
        found = {
            "rises": make_risk(cast.programme, cast.dwp, cast.contributor, title="Claims lapse", reference="R-0001"),
            "ends": make_risk(cast.programme, cast.dwp, cast.contributor),
            "late": make_risk(
                cast.programme, cast.mhclg, cast.manager, title="Places run out", reference="R-0003",
                review_due=datetime(2026, 11, 2).date(), residual=(2, 4),
            ),
            "sensitive": make_risk(
                cast.programme, cast.mhclg, cast.sro, title="A supplier", marking="OFFICIAL_SENSITIVE",
                residual=(5, 5), inherent=(5, 5), review_due=datetime(2026, 11, 1).date(),
            ),
        }  # fmt: skip
    rescore_risk(found["rises"], by=cast.contributor, reason="Two shelters closed", residual=(4, 5))
    close_risk(found["ends"], by=cast.contributor, reason="It is over")
    make_risk(cast.programme, cast.dwp, cast.contributor, status="DRAFT", residual=(1, 1))
    return found


def printed(key: str, about: Brief) -> str:
    (composed,) = compose([key], about)
    return " ".join(render_to_string(composed.template, composed.revived()).split())


def cells_of(section: dict) -> dict[str, dict]:
    (found,) = section["maps"]
    return {
        f"{row['likelihood'][0]}x{place}": cell
        for row in found["rows"]
        for place, cell in enumerate(row["cells"], start=1)
    }


def test_the_board_reads_where_its_risks_stand_and_what_moved_since_its_last_pack(
    cast: Cast, register: dict[str, Risk]
) -> None:
    section = told("risks.heat_map", brief(cast, since=LAST_PACK, reader=cast.viewer))
    cells = cells_of(section)
    assert (cells["4x5"]["number"], cells["4x5"]["came"]) == (1, 1)
    assert (cells["3x3"]["number"], cells["3x3"]["left"]) == (0, 2)
    assert cells["1x1"]["number"] == 0  # a draft is nothing for a board
    (found,) = section["maps"]
    assert found["summary"] == "Open risks: 2. In the band “very high”: 1."
    assert found["movement"] == [
        "Since 1 November 2026, 1 risk came into a cell: 1 from another cell.",
        "2 risks left a cell: 1 to another cell, 1 has ended.",
    ]


def test_the_first_pack_draws_the_map_without_movement(cast: Cast, register: dict[str, Risk]) -> None:
    section = told("risks.heat_map", brief(cast))
    assert section["maps"][0]["movement"] == []
    assert not any(cell["came"] or cell["left"] for cell in cells_of(section).values())
    assert "There is no earlier pack to compare with." in printed("risks.heat_map", brief(cast))


def test_a_sensitive_risk_is_on_the_map_of_who_may_be_told_and_new_until_a_pack_told_of_it(
    cast: Cast, register: dict[str, Risk]
) -> None:
    never_told = brief(cast, since=LAST_PACK, since_by_marking={"OFFICIAL_SENSITIVE": None})
    for about, number, came in (
        (brief(cast, since=LAST_PACK, reader=cast.viewer), 0, 0),
        (brief(cast, since=LAST_PACK), 1, 0),
        (never_told, 1, 1),
    ):
        cell = cells_of(told("risks.heat_map", about))["5x5"]
        assert (cell["number"], cell["came"]) == (number, came)


def test_programmes_on_two_scales_are_drawn_apart(cast: Cast, register: dict[str, Risk]) -> None:
    terms = Terms(NATIONAL_RISK_REGISTER, DEFAULT_TERMS.categories, (), DEFAULT_TERMS.escalation_rules)
    other = make_programme(cast.mhclg)
    make_settings(other, cast.manager, terms)
    make_risk(other, cast.mhclg, cast.manager, residual=(4, 5))  # scored before the scale was agreed
    section = told("risks.heat_map", brief(cast, programmes=[cast.programme, other], reader=cast.manager))
    assert [each["summary"][:13] for each in section["maps"]] == ["Open risks: 3", "Open risks: 0"]
    assert section["maps"][1]["left_out"] == "1 scored on another scale is left out until it is scored again."


def test_the_board_reads_which_reviews_are_overdue_the_longest_first(cast: Cast, register: dict[str, Risk]) -> None:
    section = told("risks.overdue_reviews", brief(cast))
    assert [(row["title"], row["due"].day) for row in section["rows"]] == [("A supplier", 1), ("Places run out", 2)]
    assert section["summary"] == "The reviews of 2 open risks are overdue, the longest since 1 November 2026."
    hidden = told("risks.overdue_reviews", brief(cast, reader=cast.viewer))
    assert [row["reference"] for row in hidden["rows"]] == ["R-0003"]
    assert hidden["rows"][0]["days"] == (today() - datetime(2026, 11, 2).date()).days
    assert "A supplier" not in printed("risks.overdue_reviews", brief(cast, reader=cast.viewer))


def test_no_more_overdue_reviews_are_printed_than_anybody_reads(
    cast: Cast, register: dict[str, Risk], monkeypatch
) -> None:
    monkeypatch.setattr(reviews, "MOST_ROWS", 1)
    section = told("risks.overdue_reviews", brief(cast))
    assert len(section["rows"]) == 1
    assert section["left_out"] == "Only the first 1 are printed."
    assert section["summary"].startswith("The reviews of 2 open risks")


def test_the_board_reads_what_each_department_keeps(cast: Cast, register: dict[str, Risk]) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(3, 4), above_appetite_since=now())
    section = told("risks.by_department", brief(cast))
    assert [(row["department"], row["open"], row["above"]) for row in section["rows"]] == [
        (cast.dwp.name, 2, 1), (cast.mhclg.name, 2, 0),
    ]  # fmt: skip
    first = section["rows"][0]
    assert (first["highest"], first["average"], first["most_common"]) == (20, "16.0", "very high")
    assert section["left_out"] == "No open risk is kept by: DHSC, HO, MOJ."
    assert [row["open"] for row in told("risks.by_department", brief(cast, reader=cast.viewer))["rows"]] == [2, 1]


def test_the_board_reads_what_the_parts_of_a_risk_add_up_to_once_their_keepers_agree(
    cast: Cast, register: dict[str, Risk]
) -> None:
    elsewhere = make_programme(cast.dwp, (cast.mhclg,))
    part = make_risk(elsewhere, cast.dwp, cast.contributor, residual=(4, 4))
    link = link_risks(part, register["late"], kind="CHILD_OF", by=cast.contributor)
    assert told("risks.gathered", brief(cast, reader=cast.manager))["rows"] == []
    share_upwards(link, by=cast.contributor)
    (row,) = told("risks.gathered", brief(cast, reader=cast.manager))["rows"]
    assert (row["title"], row["score"]) == ("Places run out", 8)
    assert row["parts"] == {"open": 1, "above": 0, "highest": 16, "average": "16.0", "most_common": "very high"}
    assert told("risks.gathered", brief(cast, reader=cast.viewer))["rows"] == [row]  # who does not see the part


def test_a_new_board_reads_the_map_what_is_above_appetite_and_overdue_and_chooses_the_rest() -> None:
    usual = usual_running_order()
    asked = ["risks.heat_map", "risks.above_appetite", "risks.escalations", "risks.overdue_reviews"]
    assert [key for key in usual if key in asked] == asked
    assert not set(usual) & {"risks.by_department", "risks.gathered"}


@pytest.mark.parametrize("key", KEYS)
def test_a_section_to_choose_asks_no_more_for_six_than_for_one(
    cast: Cast, register: dict[str, Risk], key: str, django_assert_max_num_queries
) -> None:
    def gather_another() -> None:
        part = make_risk(cast.programme, cast.dwp, cast.contributor, review_due=today() - timedelta(days=1))
        above = make_risk(cast.programme, cast.mhclg, cast.manager)
        share_upwards(link_risks(part, above, kind="CHILD_OF", by=cast.manager), by=cast.contributor)

    gather_another()
    with remembering(), CaptureQueriesContext(connection) as for_one:
        told(key, brief(cast, since=LAST_PACK))
    assert len(for_one) <= 6
    for _ in range(5):
        gather_another()
    with remembering(), django_assert_max_num_queries(len(for_one)):
        told(key, brief(cast, since=LAST_PACK))


@pytest.mark.parametrize("since", [None, LAST_PACK])
def test_the_sections_to_choose_are_fit_to_be_printed_and_read_aloud(
    cast: Cast, register: dict[str, Risk], since
) -> None:
    link = link_risks(register["rises"], register["late"], kind="CHILD_OF", by=cast.manager)
    share_upwards(link, by=cast.contributor)
    sections = compose(KEYS, brief(cast, since=since))
    made = pdf.render(pack_html(HEAD, sections))  # refuses a table without headers, an unsaid scope, a skipped level
    assert made.pages >= 3


def test_what_is_above_appetite_follows_on_the_page_of_the_heat_map(cast: Cast) -> None:
    make_appetite(cast.programme, limit=9)
    with time_machine.travel(LONG_AGO, tick=False):
        risks = [make_risk(cast.programme, cast.dwp, cast.contributor) for _ in range(2)]
    for risk in risks:
        rescore_risk(risk, by=cast.contributor, reason="Worse", residual=(4, 5))
    about = brief(cast, since=LAST_PACK, reader=cast.viewer)
    paper = pdf.render(pack_html(HEAD, compose(["risks.heat_map", "risks.above_appetite"], about)))
    assert paper.pages == len(["cover", "contents", "both sections"])
