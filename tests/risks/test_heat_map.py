"""The heat map: what stands where, what moved since a day, its files, and the one over all programmes."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from programmes.models import Programme
from risks.actions import close_risk, reopen_risk, rescore_risk
from risks.board_moments import answers_board_moment
from risks.gathered_lists import beginning_of
from risks.heat_map import Cell, HeatMap, heat_map
from risks.heat_map_words import movement_in_words
from risks.heat_movement import Since, Standing
from risks.models import Risk
from risks.register_terms import DEFAULT_TERMS
from risks.scales import FIVE_BY_FIVE, NATIONAL_RISK_REGISTER
from tests.cast import Cast, client_of
from tests.factories import make_programme, make_risk, make_settings
from tests.factories.people import SETTING_THE_SCENE
from tests.risks.answers import RISKS, text_of
from xgov.pages import values
from xgov.records.acting import acting
from xgov.records.clock import now, today

LONG_AGO, LATELY = timedelta(days=60), timedelta(days=10)
MAP, OVER_ALL = f"{RISKS}heat-map/", "/risks/heat-map/"


def drawn(risks=None, if_sensitive=True, since=LONG_AGO - timedelta(days=5)) -> HeatMap:
    moment = now() - since
    risks = Risk.objects.all() if risks is None else risks
    return heat_map(risks, FIVE_BY_FIVE, since=Since(moment, moment if if_sensitive else None))


def cell(found: HeatMap, key: str) -> Cell:
    return next(cell for cell in found.cells if cell.key == key)


def figures(found: HeatMap, key: str) -> tuple[int, int, int, int]:
    each = cell(found, key)
    return each.then, each.came, each.left, each.count


@pytest.fixture
def moved(cast: Cast) -> dict[str, Risk]:
    """At 3 x 3 long ago, but `new`; what became of each since is in its name."""
    with time_machine.travel(now() - LONG_AGO, tick=False):
        names = ("stays", "rises", "ends", "rescaled", "opened again", "marked")
        found = {name: make_risk(cast.programme, cast.dwp, cast.contributor, title=name) for name in names}
        close_risk(found["opened again"], by=cast.contributor, reason="Over")
    with time_machine.travel(now() - LATELY, tick=False):
        rescore_risk(found["rises"], by=cast.contributor, reason="Winter came early", residual=(4, 5))
        close_risk(found["ends"], by=cast.contributor, reason="It is over")
        reopen_risk(found["opened again"], by=cast.contributor, reason="It is not")
        found["new"] = make_risk(cast.programme, cast.dwp, cast.contributor, title="new", residual=(4, 5))
        on_another = Risk.objects.get(pk=found["rescaled"].pk)
        for name in ("inherent", "residual", "target"):
            setattr(on_another, name, NATIONAL_RISK_REGISTER.score(3, 3))
        with acting(SETTING_THE_SCENE):
            on_another.save()
    return {name: Risk.objects.get(pk=risk.pk) for name, risk in found.items()}


def since(days: timedelta) -> str:
    day = today() - days
    return f"since_day={day.day}&since_month={day.month}&since_year={day.year}"


def test_each_cell_says_how_many_came_and_how_many_left(moved: dict[str, Risk]) -> None:
    found = drawn(since=timedelta(days=30))
    assert figures(found, "3x3") == (5, 1, 3, 3)  # rises, ends and is on another scale; one is opened again
    assert figures(found, "4x5") == (0, 2, 0, 2)
    assert found.movement.came == {Standing.IN_A_CELL: 1, Standing.ABSENT: 1, Standing.ENDED: 1}
    assert found.movement.left == {Standing.IN_A_CELL: 1, Standing.ENDED: 1, Standing.ELSEWHERE: 1}
    assert (found.counted, found.elsewhere) == (5, 1)


def test_the_sentences_say_whence_and_whither(moved: dict[str, Risk]) -> None:
    came, left = movement_in_words(drawn(since=timedelta(days=30)).movement)
    assert came.endswith("3 risks came into a cell: 1 from another cell, 1 is new, 1 was opened again.")
    assert left == "3 risks left a cell: 1 to another cell, 1 has ended, 1 is scored on another scale now."
    (nothing,) = movement_in_words(drawn(since=timedelta(days=1)).movement)
    assert nothing.startswith("No risk has moved into or out of a cell since")


@pytest.mark.parametrize("days", [1, 20, 59, 70])
def test_what_history_says_of_each_risk_alone_adds_up_to_the_matrix(moved: dict[str, Risk], days: int) -> None:
    moment = now() - timedelta(days=days)
    stood = Counter()
    for risk in Risk.objects.all():
        then = risk.history.filter(history_date__lte=moment).order_by("-history_date", "-history_id").first()
        if then is not None and then.closed_at is None and then.scale == "5X5":
            stood[f"{then.residual_likelihood}x{then.residual_impact}"] += 1
    found = drawn(since=timedelta(days=days))
    assert {cell.key: cell.then for cell in found.cells if cell.then} == dict(stood)
    assert all(cell.count == cell.then + cell.came - cell.left for cell in found.cells)


def test_a_draft_is_counted_and_does_not_move(cast: Cast) -> None:
    with time_machine.travel(now() - LONG_AGO, tick=False):
        draft = make_risk(cast.programme, cast.dwp, cast.contributor, status="DRAFT")
    rescore_risk(draft, by=cast.contributor, reason="More is known", residual=(4, 5))
    make_risk(cast.programme, cast.dwp, cast.contributor, status="DRAFT", residual=(4, 5))
    found = drawn()
    assert (figures(found, "4x5"), cell(found, "4x5").drafts) == ((0, 0, 0, 2), 2)
    assert found.movement.came == {}


def test_a_sensitive_risk_that_no_pack_has_told_of_is_new(cast: Cast) -> None:
    with time_machine.travel(now() - LONG_AGO, tick=False):
        make_risk(cast.programme, cast.dwp, cast.contributor, marking="OFFICIAL_SENSITIVE")
        make_risk(cast.programme, cast.dwp, cast.contributor)
    assert figures(drawn(since=LATELY), "3x3") == (2, 0, 0, 2)
    assert figures(drawn(since=LATELY, if_sensitive=False), "3x3") == (1, 1, 0, 2)


def test_who_may_not_see_a_sensitive_risk_sees_nothing_of_its_movement(cast: Cast, sensitive_risk: Risk) -> None:
    close_risk(
        make_risk(cast.programme, cast.mhclg, cast.sro, marking="OFFICIAL_SENSITIVE"), by=cast.sro, reason="Over"
    )
    for person, came in ((cast.viewer, {}), (cast.sro, {Standing.ABSENT: 1})):
        for address in (MAP, OVER_ALL):
            shown = client_of(person).get(f"{address}?{since(LATELY)}")
            assert shown.context["heat_map"].movement.came == came


def test_movement_by_another_assessment_is_of_that_assessment(cast: Cast, moved: dict[str, Risk]) -> None:
    by_target = client_of(cast.viewer).get(f"{MAP}?score=target&{since(timedelta(days=30))}").context["heat_map"]
    assert figures(by_target, "2x2") == (5, 2, 2, 5)
    assert figures(by_target, "4x5") == (0, 0, 0, 0)


# --- the page ---------------------------------------------------------------------------------


def test_without_a_day_the_page_counts_from_the_last_pack_or_else_from_a_month_ago(
    cast: Cast, moved: dict[str, Risk], monkeypatch
) -> None:
    client = client_of(cast.viewer)
    page = client.get(MAP)
    assert page.context["since"] == today() - timedelta(days=30)
    assert "30 days ago (a local default)" in text_of(page)
    monkeypatch.setattr("risks.board_moments._shelf", [])
    answers_board_moment(lambda programme, person: now() - timedelta(days=5))
    page = client.get(MAP)
    assert page.context["since"] == today() - timedelta(days=5)
    assert "since the last pack, as at" in text_of(page)
    page = client.get(f"{MAP}?{since(timedelta(days=70))}")
    assert page.context["since"] == today() - timedelta(days=70)
    assert page.context["heat_map"].movement.since.moment == beginning_of(today() - timedelta(days=70))


def test_what_came_and_left_is_said_in_words_and_the_movers_are_of_the_same_day(
    cast: Cast, moved: dict[str, Risk]
) -> None:
    page = text_of(client_of(cast.viewer).get(f"{MAP}?{since(timedelta(days=30))}"))
    assert ">2 came in</span>" in page
    assert ">3 left</span>" in page
    assert f"{RISKS}movers/?{since(timedelta(days=30)).replace('&', '&amp;')}" in page


@pytest.mark.parametrize("address", [MAP, OVER_ALL])
def test_a_day_that_never_was_is_said_and_the_map_stays(cast: Cast, leads_risk: Risk, address: str) -> None:
    page = client_of(cast.viewer).get(f"{address}?since_day=31&since_month=2&since_year=2026")
    assert "Movement is shown since" in text_of(page)
    assert page.context["heat_map"].counted == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_map_leaves_as_a_file(cast: Cast, moved: dict[str, Risk], kind: str) -> None:
    answer = client_of(cast.viewer).get(f"{MAP}?score=residual&{since(timedelta(days=30))}&format={kind}")
    assert f"heat-map-residual-{today():%Y-%m-%d}.{kind}" in answer.headers["Content-Disposition"]
    assert answer.getvalue()


def test_the_file_says_what_the_page_shows(cast: Cast, moved: dict[str, Risk]) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, status="DRAFT", residual=(4, 5))
    answer = client_of(cast.viewer).get(f"{MAP}?{since(timedelta(days=30))}&format=csv")
    heads, *rows = csv.reader(answer.getvalue().decode("utf-8-sig").splitlines())
    day = today() - timedelta(days=30)
    assert heads == [
        "Likelihood", "Impact", "Score", "Band", "Number", "Drafts among them", f"Then ({day.day} {day:%B %Y})",
        "Came in since", "Left since",
    ]  # fmt: skip
    assert len(rows) == 25
    assert rows[9] == ["4", "5", "20", "Very high", "3", "1", "0", "2", "0"]
    assert rows[12] == ["3", "3", "9", "Medium", "3", "0", "5", "1", "3"]


# --- over programmes --------------------------------------------------------------------------


def test_the_map_over_programmes_counts_what_its_links_list_one_scale_at_a_time(
    cast: Cast, moved: dict[str, Risk]
) -> None:
    make_risk(make_programme(cast.dwp), cast.dwp, cast.contributor, residual=(4, 5))
    make_risk(make_programme(cast.dft), cast.dft, cast.outsider, residual=(4, 5))
    client = client_of(cast.contributor)
    page = client.get(OVER_ALL)
    found = page.context["heat_map"]
    assert (cell(found, "4x5").count, found.counted, found.elsewhere) == (3, 6, 1)
    assert 'href="/risks/?residual=4x5&amp;scale=5X5"' in text_of(page)
    assert client.get("/risks/?residual=4x5&scale=5X5").context["register"].count == 3
    other = client.get(f"{OVER_ALL}?scale=NRR").context["heat_map"]
    assert (cell(other, "3x3").count, other.counted, other.elsewhere) == (1, 1, 6)
    assert client.get("/risks/?residual=3x3&scale=NRR").context["register"].count == 1
    assert client.get(f"{OVER_ALL}?scale=nonsense").context["heat_map"].scale.key == "5X5"


def test_another_assessment_keeps_the_scale_and_the_day(cast: Cast, leads_risk: Risk) -> None:
    page = text_of(client_of(cast.viewer).get(f"{OVER_ALL}?scale=NRR&{since(LATELY)}"))
    kept = since(LATELY).replace("&", "&amp;")
    assert f'href="?scale=NRR&amp;{kept}&amp;score=inherent"' in page
    assert f'href="?scale=NRR&amp;{kept}&amp;format=csv"' in page


def test_movement_since_a_day_to_come_is_refused_in_a_sentence(cast: Cast, leads_risk: Risk) -> None:
    day = today() + timedelta(days=1)
    asked = f"?since_day={day.day}&since_month={day.month}&since_year={day.year}"
    page = client_of(cast.viewer).get(f"{MAP}{asked}")
    assert "Movement since must be today or in the past." in page.content.decode()
    assert page.context["since"] < today()


def test_a_day_before_the_register_is_told_from_when_there_is_something(cast: Cast, leads_risk: Risk) -> None:
    address = f"{MAP}?since_day=1&since_month=2&since_year=2020"
    said = "The first risk was recorded on"
    assert f"{said} {values.day(today())}" in text_of(client_of(cast.viewer).get(address))
    assert said not in text_of(client_of(cast.viewer).get(MAP))


@pytest.fixture
def bands_of_their_own(cast: Cast) -> Programme:
    """Another programme of the lead department, for which a score of 5 is medium and not low."""
    low, medium, *graver = FIVE_BY_FIVE.bands
    scale = replace(FIVE_BY_FIVE, bands=(replace(low, highest=4), replace(medium, lowest=5), *graver))
    programme = make_programme(cast.mhclg)
    make_settings(programme, cast.manager, replace(DEFAULT_TERMS, scale=scale))
    return programme


def test_the_map_over_programmes_has_no_colour_where_their_bands_differ(
    cast: Cast, leads_risk: Risk, bands_of_their_own: Programme
) -> None:
    client = client_of(cast.manager)
    assert "xgov-cell--" in text_of(client.get(OVER_ALL)), "no risk of the other programme is on the map yet"
    make_risk(bands_of_their_own, cast.mhclg, cast.manager, residual=(3, 3))
    page = text_of(client.get(OVER_ALL))
    assert "xgov-cell--" not in page
    assert "The programmes have agreed on different scores or bands" in page
    assert "medium)</span>" not in page, "nor is a band read out"


def test_the_file_over_programmes_says_no_score_or_band_where_they_differ(
    cast: Cast, leads_risk: Risk, bands_of_their_own: Programme
) -> None:
    client = client_of(cast.manager)
    assert "Band" in client.get(f"{OVER_ALL}?format=csv").getvalue().decode().partition("\n")[0]
    make_risk(bands_of_their_own, cast.mhclg, cast.manager)
    heads = client.get(f"{OVER_ALL}?format=csv").getvalue().decode("utf-8-sig").partition("\n")[0].split(",")
    assert heads[:3] == ["Likelihood", "Impact", "Number"]
