from datetime import timedelta
from decimal import Decimal

import time_machine
from django.template.loader import render_to_string

from programmes.actions import appoint, change_status, invite_department, rate_confidence
from programmes.board_sections import confidence, summary
from programmes.models import Programme
from tests.cast import Cast
from tests.factories import make_person, make_programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.pages.values import day
from xgov.papers import pdf
from xgov.papers.plain import from_plain, to_plain
from xgov.papers.sections import Brief
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.figures import Figure, FigureState


def brief_of(cast: Cast, *programmes: Programme, since=None, reader=None) -> Brief:
    reader, wanted = reader or cast.sro, [each.pk for each in programmes or [cast.programme]]
    seen = Programme.objects.visible_to(reader).filter(pk__in=wanted).with_parties().with_people()
    return Brief(list(seen), None, since, now(), reader)


def printed(template: str, values: dict) -> str:
    values = from_plain(to_plain(values))
    return render_to_string(f"papers/sections/{template}.html", values)


def test_the_first_pack_says_how_the_programme_stands(cast: Cast) -> None:
    values = summary(brief_of(cast))
    [stands] = values["programmes"]
    assert (stands["sro"], stands["status"]["words"], stands["changed"]) == ("Sara Answerable", "Setting up", [])
    text = printed("programme_summary", values)
    assert "There is no earlier pack to count from." in text
    assert "Not rated." in text
    assert "Which model of joint working fits the risk?" in text


def test_a_cost_is_printed_with_the_prices_it_is_in(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.whole_life_cost_figure = Figure(Decimal(412_600_000), FigureState.KNOWN)
        cast.programme.price_base = "2025-26 prices"
        cast.programme.save()
    text = printed("programme_summary", summary(brief_of(cast)))
    assert '£412.6m <span class="source">(2025-26 prices)</span>' in text


def test_the_next_pack_says_what_changed_since(cast: Cast) -> None:
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    since = now()
    with time_machine.travel(since + timedelta(days=30)):
        rate_confidence(cast.programme, "AMBER", by=cast.sro, narrative="Beds are late.")
        invite_department(cast.programme, cast.dft, by=cast.manager)
        director = make_person("director@mhclg.example", "Dora Director", cast.mhclg)
        appoint(cast.programme, director, "programme_director", by=cast.manager)
        change_status(cast.programme, "DELIVERING", by=cast.sro, override="Winter comes")
        [stands] = summary(brief_of(cast, since=since))["programmes"]
    assert "DFT was invited." in stands["changed"]
    assert "Dora Director was appointed: Programme director." in stands["changed"]
    assert any("“Delivering” since" in each for each in stands["changed"])
    assert stands["confidence"]["movement"] == "It was green."
    assert stands["override"]["reason"] == "Winter comes"


def test_a_board_is_told_of_a_pause_later_on_the_day_of_its_last_pack(cast: Cast) -> None:
    issued = (now() + timedelta(days=1)).replace(hour=9)
    with time_machine.travel(issued + timedelta(hours=3)):
        change_status(cast.programme, "PAUSED", by=cast.sro, reason="No money.")
        [stands] = summary(brief_of(cast, since=issued))["programmes"]
        assert stands["changed"] == [f"The status is “Paused” since {day(issued.date())}. No money."]
    with time_machine.travel(issued + timedelta(hours=4)):
        [stands] = summary(brief_of(cast, since=now()))["programmes"]
        assert stands["changed"] == []


def test_a_board_is_told_of_a_pause_that_was_over_before_its_next_pack(cast: Cast) -> None:
    change_status(cast.programme, "DELIVERING", by=cast.sro, override="Winter comes")
    issued = now()
    with time_machine.travel(issued + timedelta(days=2)):
        change_status(cast.programme, "PAUSED", by=cast.sro, reason="No money.")
    with time_machine.travel(issued + timedelta(days=5)):
        change_status(cast.programme, "DELIVERING", by=cast.sro, override="Money came", reason="Money came.")
        [stands] = summary(brief_of(cast, since=issued))["programmes"]
        assert [each for each in stands["changed"] if "“Delivering” since" in each]


def test_a_rating_that_was_repeated_is_no_change(cast: Cast) -> None:
    rate_confidence(cast.programme, "AMBER", by=cast.sro, narrative="Beds are late.")
    since = now()
    rate_confidence(cast.programme, "AMBER", by=cast.sro, narrative="Beds are late still.")
    [stands] = summary(brief_of(cast, since=since))["programmes"]
    assert stands["confidence"]["movement"] == "As before."
    assert stands["changed"] == []
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    [stands] = summary(brief_of(cast, since=since))["programmes"]
    assert [each.endswith(": green.") for each in stands["changed"]] == [True]


def test_confidence_shows_each_rating_on_its_scale(cast: Cast) -> None:
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    rate_confidence(cast.programme, "RED", by=cast.sro, narrative="No beds.")
    rate_confidence(cast.programme, "AMBER", by=cast.manager, kind="INDEPENDENT", rater="NISTA", narrative="Tight.")
    values = confidence(brief_of(cast))
    assert {each["kind"][:3]: each["label"] for each in values["ratings"]} == {"Ind": "Amber", "Sen": "Red"}
    assert len(values["trend"]) == 3
    assert "three-point scale" in printed("confidence", values)


def test_a_programme_without_rating_is_counted(cast: Cast) -> None:
    other = make_programme(cast.mhclg)
    values = confidence(brief_of(cast, cast.programme, other, reader=cast.manager))
    assert values["rated"].startswith("Programmes without a rating: 2.")


def test_a_reader_is_told_nothing_of_a_programme_they_may_not_see(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    assert summary(brief_of(cast, reader=cast.viewer))["programmes"] == []
    assert confidence(brief_of(cast, reader=cast.viewer))["ratings"] == []


def test_the_sections_print_as_an_accessible_document(cast: Cast) -> None:
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    rate_confidence(cast.programme, "RED", by=cast.sro, narrative="No beds.")
    body = "".join(
        f"<h2>{name}</h2>{printed(name, section(brief_of(cast)))}"
        for name, section in (("programme_summary", summary), ("confidence", confidence))
    )
    html = f'<!DOCTYPE html><html lang="en"><head><title>Pack</title></head><body><h1>Pack</h1>{body}</body></html>'
    assert pdf.render(html).pages >= 1
