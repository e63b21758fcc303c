"""Amounts, dates and moments as people read them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from xgov.pages import values
from xgov.records.figures import Figure, FigureState


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("12400000", "£12.4m"), ("12450000", "£12.5m"), ("1234567890", "£1,234.6m"), ("100000", "£0.1m"),
        ("99999", "£99,999"), ("0", "£0"), ("-2500000", "-£2.5m"),
    ],
)  # fmt: skip
def test_money_is_shown_in_millions_to_one_decimal(amount: str, shown: str) -> None:
    assert values.millions(Decimal(amount)) == shown


def test_a_withheld_figure_is_shown_with_its_reason_never_as_nothing() -> None:
    figure = Figure(None, FigureState.WITHHELD, "Commercial interests", "Section 43")
    html = Template("{% load xgov %}{{ figure|money }}").render(Context({"figure": figure}))
    assert "Withheld, section 43" in html
    assert "Commercial interests" in html
    assert values.figure_words(figure) == ("Withheld (Freedom of Information Act, section 43): Commercial interests")


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (dt.datetime(2026, 7, 1, 12, 5, tzinfo=dt.UTC), "1 July 2026 at 1:05pm"),
        (dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC), "22 November 2026 at 9am"),
        (dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC), "1 July 2026 at midnight"),
    ],
)
def test_moments_are_shown_in_london_time(utc: dt.datetime, shown: str) -> None:
    assert values.moment(utc) == shown


def test_text_that_somebody_typed_never_becomes_markup() -> None:
    template = Template("{% load xgov %}{% summary_row 'Cause' text %}{% tag text 'red' %}{% notification text %}")
    html = template.render(Context({"text": "<script>alert(1)</script>\n\nmore"}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
