import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from xgov.papers.exports import csv_chunks, write_xlsx
from xgov.papers.importing import BadFile
from xgov.papers.tables import normalised, read_table, table_of


def workbook(*rows: list[object], title: str = "Register") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refusal(data: bytes, **options: object) -> str:
    with pytest.raises(BadFile) as refused:
        table_of(data, "register.csv", **options)
    return str(refused.value)


def test_a_file_from_excel_keeps_line_breaks_in_cells_and_headers() -> None:
    table = table_of('\ufeff"Risk\n title",Score\r\n"Two\r\nlines",20\r\n\r\nCafé,5\r\n'.encode(), "register.csv")
    assert table.headers == ("Risk\n title", "Score")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Two\r\nlines", "20")), (4, ("Café", "5"))]
    assert table.notes == []


def test_a_file_in_the_old_windows_encoding_is_read_and_the_person_is_told() -> None:
    table = table_of("Title,Cost\nCafé – phase 2,£5\n".encode("cp1252"), "old.csv")
    assert table.rows[0].cells == ("Café – phase 2", "£5")
    assert table.notes == ["old.csv is not UTF-8; it was read as Windows-1252."]


def test_signs_that_cannot_be_seen_are_taken_out_and_the_person_is_told_where() -> None:
    table = table_of("Title,Score\nFl\u202eood,20\nStorm\x0bsurge\x07,5\n".encode(), "register.csv")
    assert [row.cells for row in table.rows] == [("Flood", "20"), ("Storm surge", "5")]
    assert table.notes == ["Signs that cannot be seen were taken out of 2 cells, the first of them cell A2."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_semicolons_and_tabs_part_cells_too(delimiter: str) -> None:
    data = f"Title{delimiter}Score\nFlood; again, and again{delimiter}20\n".replace(
        "Flood; again, and again", '"Flood; a, b"'
    )
    assert table_of(data.encode(), "register.csv").rows[0].cells == ("Flood; a, b", "20")


def test_excels_unicode_text_is_read() -> None:
    assert table_of("Title\tScore\nCafé\t5\n".encode("utf-16"), "r.txt").rows[0].cells == ("Café", "5")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        (b",,\n,,\n", "is empty"),
        (b'{"results": []}', "is JSON"),
        (b'[{"a": 1}]', "is JSON"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"PK\x03\x04 nothing", "is not a spreadsheet that can be opened"),
        (b"\x00\x01\x02\x03text", "is not a text file"),
        (b"a,b\n\x81\x8d,\x8f\n", "is not a text file in UTF-8 or Windows-1252"),
        (b'a,b\n1,2\n3,"unclosed\n4,5\n', "row 3: a quotation mark is opened and never closed"),
        (b'a,b\n1,2\n"x"y,2\n', "row 3: the quotation marks do not pair up"),
        (b"a,b,c\n1,2,3\n4,5", "row 3: the file ends in the middle of this row"),
        (b"a,b\n1,2,3\n", "row 2: has 3 cells where the header has 2"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    sentence = refusal(data)
    assert sentence.startswith("register.csv")
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="is a folder"):
        read_table(tmp_path)


def test_the_header_may_stand_below_a_title() -> None:
    data = b"Risk register,\nNovember 2026,\n\nTitle,Score\nFlood,20\n"
    table = table_of(data, "register.csv", is_header=lambda cells: "score" in cells)
    assert table.headers == ("Title", "Score")
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("Flood", "20"))]
    assert "does not have the columns expected; it begins with Title, Score" in refusal(
        b"Title,Score\nFlood,20\n", is_header=lambda cells: "owner" in cells
    )


def test_columns_without_a_name_or_with_the_same_name_are_told_apart() -> None:
    table = table_of(b"Note,,Note,Note,\n1,2,3,4,\n", "register.csv")
    assert table.headers == ("Note", "column 2", "Note (2)", "Note (3)")
    assert list(table.records()) == [(2, {"Note": "1", "column 2": "2", "Note (2)": "3", "Note (3)": "4"})]


def test_a_workbook_gives_typed_values_and_names_its_sheet() -> None:
    data = workbook(["Title", "Due", "Score"], ["'=1+1", dt.date(2026, 11, 22), 20], [None, None, None], ["Flood"])
    table = table_of(data, "register.xlsx")
    assert table.sheet == "Register"
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("=1+1", dt.datetime(2026, 11, 22), 20)),
        (4, ("Flood", "", "")),
    ]
    with pytest.raises(BadFile, match="has no sheet “Other”; it has Register"):
        table_of(data, "register.xlsx", sheet="Other")
    assert str(table.bad("is not a score", row=2, column="Score")) == (
        "register.xlsx, sheet “Register”, row 2, column “Score”: is not a score."
    )


def as_csv(columns: list[str], rows: list[list[object]]) -> bytes:
    return b"".join(csv_chunks(columns, rows))


def as_xlsx(columns: list[str], rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, "Register", columns, rows)
    return file.getvalue()


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_was_exported_is_read_back_unchanged(write: Callable[[list[str], list[list[object]]], bytes]) -> None:
    rows: list[list[object]] = [["=1+1", "'quoted", "-"], ["@x", "two\nlines", "’=left alone"]]
    table = table_of(write(["Title", "+ columns", "c"], rows), "register")
    assert table.headers == ("Title", "+ columns", "c")
    assert [list(row.cells) for row in table.rows] == rows


def test_headers_are_compared_by_their_words() -> None:
    assert normalised(" Financial Year\nVariance (%)_ ") == "financial year variance %"
    assert normalised("Total £m & more") == "total £ m and more"


def test_a_table_with_a_formula_that_nobody_worked_out_is_refused_by_its_cell() -> None:
    book = Workbook()
    book.active.append(["Title", "Score"])
    book.active.append(["Flood", "=4*5"])
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(BadFile, match="cell B2 is a formula whose result the file does not hold"):
        table_of(file.getvalue(), "register.xlsx")
