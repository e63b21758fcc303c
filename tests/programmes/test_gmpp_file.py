# ruff: noqa: E501 - the rows of a table are easier to compare whole
"""The portfolio's publications: March 2023 as it is, and the shapes of other years in small invented files."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from programmes.gmpp_cells import GivenRating, day, money, percent, rating, section_in
from programmes.gmpp_file import GmppFile, read_gmpp
from programmes.models import ConfidenceRating
from xgov.papers.importing import BadFile
from xgov.records.figures import Figure, FigureState

Rating, Scale = ConfidenceRating.Rating, ConfidenceRating.Scale
MILLION = Decimal(1_000_000)
EXEMPT = "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests) - Commercial interests."
NISTA_EXEMPT = "Section 43 - Commercial interests"


def write(path: Path, *rows: list[object], encoding: str = "utf-8-sig") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadFile) as refused:
        read_gmpp(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("cell", "pounds"),
    [
        ("7.9", "7900000.00"),
        ("-22.35", "-22350000.00"),
        ("(12.5)", "-12500000.00"),
        ("£1,234.56", "1234560000.00"),
        ("£58m", "58000000.00"),
        ("1.2bn", "1200000000.00"),
        ("0", "0.00"),
        (34, "34000000.00"),
        (2.5, "2500000.00"),
        ("1.5E+03", "1500000000.00"),
    ],
)
def test_a_number_in_a_column_of_millions_is_pounds(cell: object, pounds: str) -> None:
    assert money(cell, MILLION) == Figure(Decimal(pounds), FigureState.KNOWN)


@pytest.mark.parametrize(
    ("cell", "state", "section"),
    [
        (EXEMPT, FigureState.WITHHELD, "43"),
        (NISTA_EXEMPT, FigureState.WITHHELD, "43"),
        ("Exempt under Section 26 of Freedom of Information Act 2000 (Defence).", FigureState.WITHHELD, "26"),
        (
            "Exempt under Sections 24, 26 and 27 of the Freedom of Information Act 2000",
            FigureState.WITHHELD,
            "24, 26, 27",
        ),
        ("Exempt under Sections 24 and 31(1) of the Act", FigureState.WITHHELD, "24, 31(1)"),
        ("Exempt", FigureState.WITHHELD, ""),
        ("NA", FigureState.NOT_PROVIDED, ""),
        ("N/A", FigureState.NOT_PROVIDED, ""),
        ("Not Applicable", FigureState.NOT_PROVIDED, ""),
        ("-", FigureState.NOT_PROVIDED, ""),
        ("TBC", FigureState.NOT_KNOWN, ""),
        ("Early planning GMPP project \r\n\r\n(not yet passed SOC)", FigureState.NOT_KNOWN, ""),
        ("Inf", FigureState.AS_GIVEN, ""),
        ("Low: 2,750.00, Mid: 2,820.00, High: 3,100.00", FigureState.AS_GIVEN, ""),
        ("about 5", FigureState.AS_GIVEN, ""),
        ("12,34", FigureState.AS_GIVEN, ""),
        ("(12.5", FigureState.AS_GIVEN, ""),
        ("1e30", FigureState.AS_GIVEN, ""),
    ],
)
def test_words_in_place_of_an_amount_are_kept_with_what_they_are(cell: str, state: str, section: str) -> None:
    assert money(cell, MILLION) == Figure(None, state, cell, section)


def test_an_empty_amount_has_no_words() -> None:
    assert money("", MILLION) == Figure(None, FigureState.NOT_PROVIDED)


@pytest.mark.parametrize(
    "cell", ["2024-03-31", "31/03/2024", "31 March 2024", "31-Mar-2024", "2024-03-31 00:00:00", datetime(2024, 3, 31)]
)
def test_a_date_is_read_day_first(cell: object) -> None:
    assert day(cell).day == date(2024, 3, 31)
    assert day(cell).reason == ""


@pytest.mark.parametrize(
    "cell", ["March 2024", "31/03/24", "45382", "31/02/2024", "03/31/2024", "00:00:00", "TBC", "0024-03-31"]
)
def test_what_is_not_a_whole_date_stays_text(cell: str) -> None:
    assert (day(cell).day, day(cell).reason) == (None, cell)


def test_a_withheld_date_keeps_its_section() -> None:
    assert (day(EXEMPT).section, day(EXEMPT).reason) == ("43", EXEMPT)
    assert section_in("Exempt under s.35 of the Act") == "35"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Green", Rating.GREEN),
        ("AMBER", Rating.AMBER),
        ("Amber/ Green", Rating.AMBER_GREEN),
        ("Amber - Red", Rating.AMBER_RED),
        ("amber/red", Rating.AMBER_RED),
    ],
)
def test_a_rating_is_read_in_every_published_spelling(cell: str, code: str) -> None:
    assert rating(cell) == GivenRating(code, cell, is_given=True)


def test_a_rating_that_is_none_keeps_its_words() -> None:
    assert rating(EXEMPT) == GivenRating(Rating.WITHHELD, EXEMPT, "43", is_given=True)
    assert rating("Reset") == GivenRating(Rating.NOT_SET, "Reset", is_given=True)
    assert rating("NA") == GivenRating(Rating.NOT_SET, "NA", is_given=False)
    assert rating("") == GivenRating()


def test_a_percentage_is_read_as_published() -> None:
    assert percent("-47").value == Decimal(-47)
    assert percent("12.5%").value == Decimal("12.5")
    assert (percent("Inf").value, percent("Inf").reason) == (None, "Inf")
    assert percent(">1000%").reason == ">1000%"


# March 2021: five points, day-first dates, the old Windows encoding, no benefits, another order

OLD = ["Project Name", "Department", "GMPP ID Number", "Annual Report Category", "Description / Aims",
       "IPA Delivery Confidence Assessment \n(… using a five-point scale, Red – Amber/Red – Amber – Amber/Green – Green)",
       "Departmental commentary on actions planned or taken on the IPA RAG rating.",
       "Project - Start Date \n(Latest Approved Start Date)", "Project - End Date \n(Latest Approved End Date)",
       "Financial Year Baseline (£m) (including Non-Government Costs)", "Financial Year Forecast (£m)",
       "Financial Year Variance (%)", "TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)"]  # fmt: skip


def old_file(tmp_path: Path) -> GmppFile:
    rows = [
        ["Harbour lights", "DfT", "DFT_0101_1819-Q1", "ICT", "", "Amber/Red", "", "01/04/2018", "31/03/2026", "£10.0", "11.5", "15%", "1,250"],
        ["Tide tables", "DfT", "BEIS_0102_2021-Q1", "ICT", "", "Amber", "", "1 April 2020", "2025", "10", "9", "-0.1", EXEMPT],
    ]  # fmt: skip
    return read_gmpp(write(tmp_path / "GMPP_March_2021.csv", OLD, *rows, encoding="cp1252"))


def test_five_points_stay_five_points(tmp_path: Path) -> None:
    file = old_file(tmp_path)
    assert (file.as_at, file.scale) == (date(2021, 3, 31), Scale.FIVE_POINT)
    assert file.publication == "Government Major Projects Portfolio, March 2021"
    assert [row.independent.rating for row in file] == [Rating.AMBER_RED, Rating.AMBER]
    assert "it was read as Windows-1252" in file.notes[0]
    assert "no column for: “the SRO’s rating”, “benefits”" in " ".join(file.notes)


def test_the_department_comes_from_its_column_and_values_in_their_place(tmp_path: Path) -> None:
    lights, tides = old_file(tmp_path)
    assert (tides.identifier, tides.department) == ("BEIS_0102_2021-Q1", "DfT")
    assert (lights.start.day, lights.end.day) == (date(2018, 4, 1), date(2026, 3, 31))
    assert (tides.start.day, tides.end.day, tides.end.reason) == (date(2020, 4, 1), None, "2025")
    assert lights.whole_life_cost.amount == Decimal("1250000000.00")
    assert tides.whole_life_cost == Figure(None, FigureState.WITHHELD, EXEMPT, "43")
    assert lights.benefits == Figure()
    assert (lights.variance, tides.variance) == (Decimal("15.00"), Decimal("-10.00"))
    assert tides.kept_as_text == ("end", "whole_life_cost")


# March 2025 and 2026: NISTA, short headers, real prices, ranges, a project without an identifier, new columns

NEW = ["GMPP ID", "Project Category", "Department", "Project Name", "Does the project have an evaluation plan? (self reported)",
       "NISTA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment (three-point scale)", "Start Date", "End Date",
       "Schedule Narrative", "Financial Year Baseline (£m, Presented in 2024/25 Real Prices)",
       "Financial Year Forecast (£m, Presented in 2024/25 Real Prices)", "Financial Year Variance (%)", "In Year Variance Narrative",
       "Whole Life Cost (£m, Presented in 2024/25 Real Prices)", "Costs Narrative",
       "Benefits (£m, Presented in 2024/25 Real Prices)", "Benefits Narrative"]  # fmt: skip


def new_rows() -> list[list[object]]:
    return [
        ["MOJ_0201_2425-Q1", "ICT", "MOJ", "Court lists", "Yes", "NA", "Green", date(2024, 4, 1), "31/03/2029", "On time.", 12.5, 12.5, 0, "None.",
         "Low: 90.00, Mid: 100.00, High: 120.00", "A range.", 300, "Paid back."],
        ["", "ICT", "DSIT", "Open registers", "No", NISTA_EXEMPT, "NA", NISTA_EXEMPT, NISTA_EXEMPT, NISTA_EXEMPT, NISTA_EXEMPT, NISTA_EXEMPT,
         NISTA_EXEMPT, NISTA_EXEMPT, NISTA_EXEMPT, NISTA_EXEMPT, "Not Applicable", ""],
    ]  # fmt: skip


def test_a_workbook_of_nistas_is_read_with_its_price_base_and_its_new_columns(tmp_path: Path) -> None:
    book = Workbook()
    for row in [["Government Major Projects Portfolio"], [], NEW, *new_rows(), ["* Figures are rounded."]]:
        book.active.append(row)
    book.save(tmp_path / "nista-annual-report-2025-26.xlsx")
    file = read_gmpp(tmp_path / "nista-annual-report-2025-26.xlsx")
    lists, registers = file
    assert (file.as_at, file.scale, file.price_base) == (date(2026, 3, 31), Scale.THREE_POINT, "2024/25 real prices")
    assert lists.start.day == date(2024, 4, 1)
    assert lists.baseline.amount == Decimal("12500000.00")
    assert lists.whole_life_cost == Figure(None, FigureState.AS_GIVEN, "Low: 90.00, Mid: 100.00, High: 120.00")
    assert (lists.schedule_narrative, lists.variance_narrative, lists.cost_narrative, lists.benefits_narrative) == (
        "On time.", "None.", "A range.", "Paid back.",
    )  # fmt: skip
    assert (registers.identifier, registers.start.section, registers.independent.section) == ("", "43", "43")
    assert registers.whole_life_cost.section == "43"
    assert lists.raw["Does the project have an evaluation plan? (self reported)"] == "Yes"
    notes = " ".join(file.notes)
    assert "Kept as given, without a place of their own: “Does the project have an evaluation plan?" in notes
    assert "Row 6 is not a project: “* Figures are rounded.”" in notes


def test_three_points_in_the_header_do_not_hide_five_points_in_the_rows(tmp_path: Path) -> None:
    rows = new_rows()
    rows[0][6] = "Amber/Green"
    file = read_gmpp(write(tmp_path / "gmpp_2025-03.csv", NEW, *rows))
    assert file.scale == Scale.FIVE_POINT
    assert "ratings of five points" in " ".join(file.notes)


def test_the_position_is_told_by_the_name_the_narratives_or_the_identifiers(tmp_path: Path) -> None:
    header = ["GMPP ID Number", "Project Name", "Department", "Start Date", "Schedule Narrative"]
    row = [
        "MOJ_0201_2324-Q3",
        "Court lists",
        "MOJ",
        "2024-04-01",
        "Compared to 22/23-Q4, the end date at 23/24-Q4 is later.",
    ]
    assert read_gmpp(write(tmp_path / "upload.csv", header, row)).as_at == date(2024, 3, 31)
    row[4] = ""
    assert read_gmpp(write(tmp_path / "upload.csv", header, row)).as_at == date(2024, 3, 31)
    assert read_gmpp(write(tmp_path / "gmpp_2024-25.csv", header, row)).as_at == date(2025, 3, 31)
    assert read_gmpp(write(tmp_path / "Data_Sept_2019.csv", header, row)).as_at == date(2019, 9, 30)
    row[0] = "X1"
    path = write(tmp_path / "upload.csv", header, row)
    assert "does not say which year's position it gives; add --as-at" in refusal(path)
    assert read_gmpp(path, as_at=date(2022, 3, 31)).scale == Scale.THREE_POINT


def test_a_file_that_is_not_such_a_publication_is_refused(tmp_path: Path) -> None:
    header = ["GMPP ID Number", "Project Name", "Department", "Start Date"]
    row = ["A_1", "Court lists", "MOJ", "2024-04-01"]
    other = write(tmp_path / "gmpp_2024-03.csv", ["old_id", "old_slug", "status"], ["1", "2", "3"])
    assert "does not have the columns expected; it begins with old_id, old_slug, status" in refusal(other)
    assert "has no projects" in refusal(write(tmp_path / "gmpp_2024-03.csv", header))
    assert "row 3: has the identifier of row 2" in refusal(write(tmp_path / "gmpp_2024-03.csv", header, row, row))
    nameless = write(tmp_path / "gmpp_2024-03.csv", header, ["A_1", "", "MOJ", ""])
    assert "row 2, column “Project Name”: is empty" in refusal(nameless)
    cut = write(tmp_path / "gmpp_2024-03.csv", header, row)
    cut.write_bytes(cut.read_bytes()[:-18])
    assert "the file ends in the middle of this row" in refusal(cut)
