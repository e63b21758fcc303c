"""Many risks together: each reader's own count, and parts only where their keeper agreed to share them."""

import re
from datetime import timedelta

import pytest
import time_machine

from governance.models import Pack
from risks.actions import accept_risk, close_risk, link_risks, rescore_risk, share_upwards
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_board, make_programme, make_risk, make_risk_link, make_settings
from tests.factories.people import SETTING_THE_SCENE
from tests.risks.answers import RISKS
from tests.risks.settings_terms import WEIGHTED
from xgov.records.acting import acting
from xgov.records.clock import now, today


def row_of(page: str, words: str) -> list[str]:
    """The cells of the row whose heading holds the words, without the markup."""
    row = next(part for part in page.split("<tr ") if words in part and 'role="rowheader"' in part)
    cells = re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


@pytest.fixture
def four(cast: Cast) -> None:
    """Of DWP 20 and 9, the second above its appetite; of MHCLG a sensitive 25 and a closed one."""
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 5), inherent=(5, 5))
    make_risk(cast.programme, cast.dwp, cast.contributor, above_appetite_since=now())
    make_risk(
        cast.programme, cast.mhclg, cast.sro, residual=(5, 5), inherent=(5, 5), marking="OFFICIAL_SENSITIVE",
        title="A supplier is close to collapse",
    )  # fmt: skip
    make_risk(cast.programme, cast.mhclg, cast.manager, status="CLOSED")


def test_each_department_stands_with_what_it_keeps(cast: Cast, four: None) -> None:
    page = client_of(cast.viewer).get(f"{RISKS}departments/").text
    cells = row_of(page, cast.dwp.name)
    assert cells == [cast.dwp.name, "2", "1", "0", "0", "1", "20", "14.5", "Very high"]
    assert row_of(page, cast.moj.name)[1:] == ["0", "0", "0", "0", "0", "", "", ""]


def test_a_sensitive_risk_is_counted_for_those_who_see_it_alone(cast: Cast, four: None) -> None:
    address = f"{RISKS}departments/"
    assert row_of(client_of(cast.viewer).get(address).text, cast.mhclg.name)[1] == "0"
    assert row_of(client_of(cast.manager).get(address).text, cast.mhclg.name)[1:7] == ["1", "0", "0", "0", "1", "25"]
    assert row_of(client_of(cast.viewer).get("/risks/portfolio/").text, cast.programme.name)[2] == "2"
    assert row_of(client_of(cast.manager).get("/risks/portfolio/").text, cast.programme.name)[2] == "3"


def test_risks_on_two_scales_have_no_highest_and_no_average(cast: Cast, four: None) -> None:
    other = make_risk(cast.programme, cast.dwp, cast.contributor)
    other.scale = "NRR"
    with acting(SETTING_THE_SCENE):
        other.save()
    cells = row_of(client_of(cast.viewer).get(f"{RISKS}departments/").text, cast.dwp.name)
    assert cells[1] == "3"
    assert cells[6:8] == ["", ""]


def test_the_portfolio_lists_the_programmes_that_a_person_sees_and_leaves_as_a_file(cast: Cast, four: None) -> None:
    make_programme(cast.dft, name="A bridge of no concern to us")
    client = client_of(cast.contributor)
    assert "A bridge" not in client.get("/risks/portfolio/").text
    file = client.get("/risks/portfolio/?format=csv").getvalue().decode("utf-8-sig")
    assert cast.programme.name in file
    assert "A bridge" not in file


def test_a_part_counts_in_the_risk_above_it_once_its_keeper_agrees(cast: Cast) -> None:
    elsewhere = make_programme(cast.dwp, (cast.mhclg,))
    above = make_risk(cast.programme, cast.mhclg, cast.manager, title="Winter is hard")
    part = make_risk(elsewhere, cast.dwp, cast.contributor, residual=(4, 4))
    link = link_risks(part, above, kind="CHILD_OF", by=cast.contributor)
    client = client_of(cast.manager)
    assert "Winter is hard" not in client.get("/risks/gathered/").text
    share_upwards(link, by=cast.contributor)
    cells = row_of(client.get("/risks/gathered/").text, "Winter is hard")
    assert cells[3:] == ["1", "0", "0", "0", "1", "16", "16.0", "Very high"]


def test_a_part_that_is_shared_counts_also_for_those_who_do_not_see_it(cast: Cast) -> None:
    above = make_risk(cast.programme, cast.mhclg, cast.manager, title="Winter is hard")
    part = make_risk(make_programme(cast.dft), cast.dft, cast.outsider, residual=(4, 4), title="Trains stand still")
    link = make_risk_link(part, above, "CHILD_OF")
    client = client_of(cast.viewer)
    assert "Winter is hard" not in client.get("/risks/gathered/").text
    link.shared_upwards_at, link.shared_upwards_by = now(), cast.outsider
    with acting(SETTING_THE_SCENE):
        link.save()
    page = client.get("/risks/gathered/").text
    assert row_of(page, "Winter is hard")[3:] == ["1", "0", "0", "0", "1", "16", "16.0", "Very high"]
    assert "Trains stand still" not in page
    assert client.get(part.get_absolute_url()).status_code == 404


def test_only_the_link_that_was_shared_counts_and_once(cast: Cast) -> None:
    first, second = (make_risk(cast.programme, cast.mhclg, cast.manager, title=title) for title in ("Winter", "Summer"))
    one, other = (make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 4)) for _ in range(2))
    make_risk_link(one, second, "CHILD_OF")
    make_risk_link(other, first, "CHILD_OF")
    share_upwards(make_risk_link(one, first, "CHILD_OF"), by=cast.contributor)
    share_upwards(make_risk_link(other, second, "CHILD_OF"), by=cast.contributor)
    third = make_risk(cast.programme, cast.mhclg, cast.manager)
    share_upwards(make_risk_link(one, third, "CHILD_OF"), by=cast.contributor)
    page = client_of(cast.viewer).get("/risks/gathered/").text
    for title in ("Winter", "Summer"):
        assert row_of(page, title)[3:] == ["1", "0", "0", "0", "1", "16", "16.0", "Very high"]


def test_parts_that_were_scored_by_different_tables_have_no_highest_and_no_average(cast: Cast) -> None:
    above = make_risk(cast.programme, cast.mhclg, cast.manager, title="Winter is hard")
    elsewhere = make_programme(cast.mhclg, (cast.dwp,))
    make_settings(elsewhere, cast.manager, WEIGHTED)
    for programme in (cast.programme, elsewhere):
        part = make_risk(programme, cast.dwp, cast.contributor, residual=(4, 4))
        share_upwards(make_risk_link(part, above, "CHILD_OF"), by=cast.contributor)
    cells = row_of(client_of(cast.viewer).get("/risks/gathered/").text, "Winter is hard")
    assert cells[3:] == ["2", "0", "0", "0", "2", "", "", "Very high"]


@pytest.mark.parametrize("sensitive", ["risk", "programme"])
def test_a_sensitive_part_counts_only_for_those_who_may_see_it(cast: Cast, sensitive: str) -> None:
    above = make_risk(cast.programme, cast.mhclg, cast.manager, title="Winter is hard")
    marked = {"marking": "OFFICIAL_SENSITIVE"}
    elsewhere = make_programme(cast.dft, **(marked if sensitive == "programme" else {}))
    part = make_risk(elsewhere, cast.dft, cast.outsider, **(marked if sensitive == "risk" else {}))
    make_risk_link(part, above, "CHILD_OF", shared_upwards_at=now(), shared_upwards_by=cast.outsider)
    assert "Winter is hard" not in client_of(cast.viewer).get("/risks/gathered/").text


def test_what_moved_since_a_day_says_from_where_and_why(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=50), tick=False):
        risen = make_risk(cast.programme, cast.dwp, cast.contributor, title="Claims lapse")
        make_risk(cast.programme, cast.dwp, cast.contributor, title="Nothing happens here")
    rescore_risk(Risk.objects.get(pk=risen.pk), by=cast.contributor, residual=(4, 4), reason="Winter came early")
    make_risk(cast.programme, cast.dwp, cast.contributor, title="Something new")
    client = client_of(cast.viewer)
    page = client.get(f"{RISKS}movers/").text
    assert row_of(page, "Claims lapse")[2:] == ["9", "16 (4 x 4, very high)", "Rose by 7", "Winter came early"]
    assert row_of(page, "Something new")[4] == "New"
    assert "Nothing happens here" not in page
    day = today() - timedelta(days=60)
    longer_ago = f"?since_day={day.day}&since_month={day.month}&since_year={day.year}"
    assert row_of(client.get(f"{RISKS}movers/{longer_ago}").text, "Claims lapse")[4] == "New"


def test_why_a_risk_moved_is_why_it_was_scored_so_whatever_was_said_of_it_later(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=50), tick=False):
        risen, over = (
            make_risk(cast.programme, cast.dwp, cast.contributor, title=title)
            for title in ("Claims lapse", "It is over")
        )
    rescore_risk(risen, by=cast.contributor, residual=(4, 4), reason="Winter came early")
    accept_risk(risen, by=cast.sro, expires_on=today() + timedelta(days=20), why="I am content")
    rescore_risk(over, by=cast.contributor, residual=(1, 1), reason="It has become small")
    close_risk(over, by=cast.manager, reason="The move is done")
    page = client_of(cast.viewer).get(f"{RISKS}movers/").text
    assert row_of(page, "Claims lapse")[4:] == ["Rose by 7", "Winter came early"]
    assert row_of(page, "It is over")[5] == "The move is done"


def test_movers_are_those_since_the_last_pack_to_the_moment(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    client = client_of(cast.manager)
    page = client.get(f"{RISKS}movers/").text
    assert "Since the last pack" not in page
    assert leads_risk.title in page
    board = make_board(cast.programme)
    with acting(SETTING_THE_SCENE):
        Pack.objects.create(
            board=board, programme=board.programme, number=1, state=Pack.State.ISSUED, asked_by=cast.sro,
            issued_by=cast.sro, as_at=now(), issued_at=now(), pages=1, pdf="packs/1.pdf", pdf_sha256="0" * 64,
            content_sha256="1" * 64, composed={"head": {}, "sections": [], "bodies": []},
        )  # fmt: skip
    rescore_risk(partners_risk, by=cast.contributor, reason="Later that day", residual=(4, 4))
    page = client.get(f"{RISKS}movers/").text
    assert "Since the last pack" in page
    assert partners_risk.title in page
    assert leads_risk.title not in page
    day = today()
    chosen = client.get(f"{RISKS}movers/?since_day={day.day}&since_month={day.month}&since_year={day.year}").text
    assert leads_risk.title in chosen


@pytest.mark.parametrize(
    "day", ["since_day=31&since_month=2&since_year=2026", "since_day=1&since_month=2&since_year=2199"]
)
def test_a_day_that_never_was_or_is_to_come_is_said_and_the_list_stays(cast: Cast, leads_risk: Risk, day: str) -> None:
    page = client_of(cast.viewer).get(f"{RISKS}movers/?{day}")
    assert page.status_code == 200
    assert "Not understood and left out" in page.text
