import csv
import datetime as dt
import io
import tracemalloc
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponseBase
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xgov.papers.cells import CELL_LIMIT, safe_cell, unsafe_cell
from xgov.papers.exports import csv_chunks, stream_csv, xlsx


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)


def read_back(response: HttpResponseBase) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"), newline="")))


def sheet_of(response: HttpResponseBase) -> Worksheet:
    return load_workbook(io.BytesIO(body(response))).active


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20 7946 0000", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "\n=1", "＝1"]
)
def test_text_that_a_spreadsheet_would_run_is_made_inert_and_comes_back_unchanged(text: str) -> None:
    assert safe_cell(text) == "'" + text
    assert unsafe_cell(safe_cell(text)) == text


@pytest.mark.parametrize(
    "value", ["a plain sentence", "'quoted'", "", "12.5", -2, Decimal("-0.5"), -1.5, None, dt.date(2026, 11, 22)]
)
def test_numbers_dates_and_ordinary_text_are_left_alone(value: object) -> None:
    assert safe_cell(value) == value
    assert unsafe_cell(value) == value


@given(st.text())
def test_whatever_a_person_typed_survives_the_way_out_and_back(text: str) -> None:
    assert unsafe_cell(safe_cell(text)) == text


def test_a_csv_opens_in_excel_and_reads_back() -> None:
    rows = [
        ["=HYPERLINK(1)", Decimal("-12400000.00"), dt.date(2026, 11, 22), None, True],
        ["Café, “two”\nlines", 0, dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC), "x\ry", False],
    ]
    response = stream_csv("risks RS-001", ["Title", "Cost", "Due", "Note", "Open"], iter(rows))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="risks RS-001.csv"'
    assert read_back(response) == [
        ["Title", "Cost", "Due", "Note", "Open"],
        ["'=HYPERLINK(1)", "-12400000.00", "2026-11-22", "", "Yes"],
        ["Café, “two”\nlines", "0", "2026-07-01T10:30:00+01:00", "x\ry", "No"],
    ]


def test_a_csv_starts_with_the_mark_excel_needs() -> None:
    assert body(stream_csv("empty", ["Name"], [])) == b"\xef\xbb\xbfName\r\n"


def test_a_long_list_is_sent_in_pieces_and_not_held_in_memory() -> None:
    rows = ([f"R-{number}", "words " * 20] for number in range(50_000))
    tracemalloc.start()
    sent = sum(len(piece) for piece in csv_chunks(["Reference", "Title"], rows))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > 6_000_000
    assert peak < 1_500_000


def test_a_workbook_has_real_numbers_and_dates_a_bold_header_and_a_frozen_row() -> None:
    london = ZoneInfo("Europe/London")
    row = [
        "=1+1",
        20,
        Decimal("12400000.50"),
        dt.date(2026, 11, 22),
        dt.datetime(2026, 7, 1, 9, 30, tzinfo=london),
        None,
    ]
    sheet = sheet_of(xlsx("Risks", ["Title", "Score", "Cost", "Due", "Seen", "Note"], [row]))
    assert [cell.value for cell in sheet[2]] == [
        "'=1+1",
        20,
        12400000.5,
        dt.datetime(2026, 11, 22),
        dt.datetime(2026, 7, 1, 9, 30),
        None,
    ]
    assert [cell.data_type for cell in sheet[2]][:4] == ["s", "n", "n", "d"]
    assert sheet["D2"].number_format == "d mmmm yyyy"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert sheet.title == "Risks"


def test_a_workbook_loses_nothing_that_a_spreadsheet_cannot_hold_as_it_is() -> None:
    row = [dt.date(1801, 1, 1), 12345678901234567, Decimal("Infinity"), "bell\x07", "x" * (CELL_LIMIT + 1)]
    sheet = sheet_of(xlsx("Odd/[things]", ["a", "b", "c", "d", "e"], [row]))
    values = [cell.value for cell in sheet[2]]
    assert values[:4] == ["1801-01-01", "12345678901234567", "Infinity", "bell_x0007_"]  # as Office writes it
    assert CELL_LIMIT - 10 < len(values[4]) <= CELL_LIMIT
    assert "The CSV file has all of it" in values[4]
