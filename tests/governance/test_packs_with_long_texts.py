"""However much people write, their board gets its pack: rows taller than a page, texts of thirty thousand letters."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest

from governance.packs.printing import printed
from programmes.actions import rate_confidence
from programmes.models import Programme
from risks.actions import share_upwards
from tests.cast import Cast
from tests.factories import make_board, make_issue, make_mitigation, make_risk, make_settings
from tests.factories.agreements import make_open_version
from tests.factories.datasharing import make_dataset, make_flow
from tests.factories.decisions import OfferedOption, make_decision, make_proposal
from tests.factories.escalations import make_escalation
from tests.factories.risks import make_risk_link
from tests.governance.conftest import issued
from tests.papers.example_pack import HEAD
from xgov.papers import checks
from xgov.papers.document import pack_html
from xgov.papers.marked_text import marked_text
from xgov.papers.pdf import render
from xgov.papers.sections import MOST_CHARACTERS, Brief, all_sections, compose
from xgov.records.clock import now, today
from xgov.records.errors import RuleBroken

SENTENCE = "Winter beds open later than planned. "
ENDLESS = SENTENCE * (30_000 // len(SENTENCE) + 1)
TALLER_THAN_A_PAGE = SENTENCE * 90
CELL = re.compile(r"</(?:td|th)>")


def everything(cast: Cast) -> str:
    """The frozen HTML of a pack that holds every section there is, each with its table."""
    worst, other = (
        make_risk(
            cast.programme, cast.dwp, cast.contributor, residual=(4, impact), above_appetite_since=now(),
            appetite_limit=9, review_due=today() - timedelta(days=3), reference=f"R-000{6 - impact}",
        )
        for impact in (5, 4)
    )  # fmt: skip
    make_mitigation(worst)
    make_escalation(worst)
    share_upwards(make_risk_link(other, worst, kind="CHILD_OF"), by=cast.contributor)
    make_issue(cast.programme, cast.dwp, cast.contributor)
    make_settings(cast.programme, cast.manager)
    make_decision(cast.programme, cast.manager, cast.sro)
    make_proposal(cast.programme, cast.manager)
    make_open_version(cast.programme, cast.manager)
    make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    rate_confidence(cast.programme, "AMBER", by=cast.sro, narrative="Beds are late.")
    seen = Programme.objects.visible_to(cast.sro).with_parties().with_people()
    brief = Brief(list(seen), None, now() - timedelta(days=1), now(), cast.sro)
    return pack_html(HEAD, compose([section.key for section in all_sections()], brief))


def lengthened(html: str, round_: int) -> str:
    """With one cell in the body of each table longer than a page: another one in each round."""

    def longer(table: re.Match[str]) -> str:
        head, end, body = table[0].rpartition("</thead>")
        ends = [found.start() for found in CELL.finditer(body)]
        at = ends[(round_ * 3) % len(ends)]
        return head + end + body[:at] + TALLER_THAN_A_PAGE + body[at:]

    return re.sub(r"<table.*?</table>", longer, html, flags=re.DOTALL)


def test_a_row_of_any_height_is_printed_under_its_tables_header(cast: Cast) -> None:
    html = everything(cast)
    assert html.count("<table") >= len(all_sections())
    for round_ in range(3):
        file = render(lengthened(html, round_))  # refuses a table that has lost its header or its rows
        with pikepdf.open(io.BytesIO(file.data)) as pdf:
            pages = [" ".join(" ".join(marked_text(page).values()).split()) for page in pdf.pages]
        assert sum(page.count(SENTENCE.strip()) for page in pages) >= 80 * html.count("<table")
        above = [page for page in pages if "Risks above appetite, highest first" in page]
        assert any("R-0001" in page for page in above), "the caption stands with its first row"


def test_thirty_thousand_letters_in_a_risk_and_an_option_neither_stop_nor_flood_a_pack(cast: Cast) -> None:
    make_risk(
        cast.programme, cast.dwp, cast.contributor, residual=(4, 5), above_appetite_since=now(), appetite_limit=9,
        event=ENDLESS,
    )  # fmt: skip
    board = make_board(
        cast.programme, short_name="PB",
        running_order=["programmes.summary", "governance.decisions_required", "risks.above_appetite"],
    )  # fmt: skip
    options = (OfferedOption("Open hubs", ENDLESS, "Money.", is_recommended=True), OfferedOption("Wait", "", ENDLESS))
    make_proposal(cast.programme, cast.manager, board=board, options=options)
    pack = issued(board, cast.sro)
    assert pack.is_issued, pack.failure
    assert checks.faults(pack.pdf.open().read()) == []
    assert pack.pages <= 10
    assert pack.html.count("… (The record has the rest.)") == 4  # the summary tells of the risk, too
    assert pack.html.count(SENTENCE.strip()) <= 4 * MOST_CHARACTERS / len(SENTENCE)


def test_an_sro_whose_pack_is_refused_reads_where_and_what_to_do(cast: Cast) -> None:
    headless = re.sub(r"Overdue reviews, the longest.*?</table>", _without_headers, everything(cast), flags=re.DOTALL)
    with pytest.raises(RuleBroken) as refusal:
        printed(headless)
    words = str(refusal.value)
    assert "In the section “" in words
    assert "Overdue reviews of risks”: a table has no header cells." in words
    assert "Shorten the longest texts there, or take the section out of the board’s running order" in words
    assert "Table " not in words


def _without_headers(table: re.Match[str]) -> str:
    return re.sub(r"<th\b[^>]*>(.*?)</th>", r"<td>\1</td>", table[0], flags=re.DOTALL)
