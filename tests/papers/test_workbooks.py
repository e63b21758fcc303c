"""A workbook goes out and comes back, and what should not be opened is refused."""

import datetime as dt
import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.protection import WorkbookProtection

from xgov.papers.cells import CELL_LIMIT, safe_cell, same_text
from xgov.papers.exports import csv_chunks
from xgov.papers.importing import BadFile
from xgov.papers.workbooks import BookColumn, BookRow, BookSheet, Limits, address, day_from, open_book, write_book
from xgov.papers.workbooks.about import About
from xgov.records.errors import RuleBroken


def book_of(*rows: list[object], change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """As somebody else's program writes it."""
    book = Workbook()
    book.active.title = "Log"
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(
    rows: list[list[object] | BookRow], columns: list[BookColumn] | None = None, facts: dict[str, str] | None = None
) -> bytes:
    file = io.BytesIO()
    columns = columns or [BookColumn(f"Column {n}") for n in range(len(rows[0]))]
    write_book(file, [BookSheet("Risks", columns, rows)], facts)
    return file.getvalue()


def refusal(data: bytes, name: str = "register.xlsx", **options: object) -> str:
    with pytest.raises(BadFile) as refused:
        open_book(data, name, **options)
    sentence = str(refused.value)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    return sentence


HARD_TEXTS = [
    "=1+1", "'=1+1", "''=1", "+44 20 7946 0000", "-", "@SUM(A1)", "\t=1", "\r\n=1", " padded ", "'quoted'", "#N/A",
    "#REF!", "two\r\nlines", "two\rlines", "\n", "_x0041_", "_x005F_x0041_", "\x07bell", "\ufffe", "🏚️ 🔥", "a\u0301",
    "12", "1e5", "TRUE", "2026-11-22", "=" * 5000, "🏚️" * 20_000, "x" * 40_000, "-_x0041_\x07" * 9000, "’=left alone",
]  # fmt: skip
texts = st.text(max_size=80) | st.sampled_from(HARD_TEXTS)


@given(texts, texts)
@settings(max_examples=150, deadline=None)
@example("=cmd|' /C calc'!A0", "\u200b=1")
def test_whatever_a_person_typed_leaves_in_a_workbook_and_comes_back(one: str, other: str) -> None:
    book = open_book(written([["key", one, other]]), "register.xlsx")
    row = book.sheets[0].rows[1]
    assert row.cell(1) == "key"
    assert same_text(row.cell(2), one)
    assert same_text(row.cell(3), other)


@given(texts)
@settings(max_examples=100, deadline=None)
@example("\t\t")
@example(";;;")
def test_whatever_a_person_typed_leaves_in_a_csv_file_and_comes_back(text: str) -> None:
    text = text.replace("\0", "")  # which no database of ours holds
    data = b"".join(csv_chunks(["Key", "Text"], [["key", text]]))
    assert open_book(data, "register.csv").sheets[0].rows[1].cell(2) == text


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_nothing_that_a_spreadsheet_would_run_stands_in_a_cell(text: str) -> None:
    cell = load_workbook(io.BytesIO(written([[text]]))).active["A2"]
    assert cell.data_type in {"s", "n", "inlineStr"}  # "n" is an empty cell
    assert not str(cell.value or "").lstrip().startswith(("=", "+", "-", "@"))
    assert len(str(cell.value or "").encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_a_text_too_long_for_its_cell_is_whole_again_unless_somebody_changed_it() -> None:
    long, other = "-Zu lang " * 9000, "Ω" * 50_000
    data = written([["R-1", long], ["R-2", other]])
    assert [row.cell(2) for row in open_book(data, "r.xlsx").sheets[0].rows[1:]] == [long, other]
    opened = load_workbook(io.BytesIO(data))
    opened["Risks"]["B2"] = "Other words " + opened["Risks"]["B2"].value
    file = io.BytesIO()
    opened.save(file)
    changed, kept = (row.cell(2) for row in open_book(file.getvalue(), "r.xlsx").sheets[0].rows[1:])
    assert changed.startswith("Other words")
    assert "The text goes on" in changed
    assert kept == other


def test_a_workbook_offers_lists_and_hides_what_it_was_made_from() -> None:
    columns = [BookColumn("Risk"), BookColumn("Kept by", choices=["Home, Office", "DWP"], hint="Who answers for it")]
    data = written([BookRow(["R-0001", "DWP"], "R-0001", 4)], columns, {"programme": "RS-001"})
    opened = load_workbook(io.BytesIO(data))
    assert [(sheet.title, sheet.sheet_state) for sheet in opened] == [
        ("Risks", "visible"), ("About", "hidden"), ("Lists", "hidden"),
    ]  # fmt: skip
    [rule] = opened["Risks"].data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.promptTitle) == ("list", "'Lists'!$A$1:$A$2", "Kept by")
    assert [row[0].value for row in opened["Lists"]["A1:A2"]] == ["Home, Office", "DWP"]
    assert opened["Risks"].freeze_panes == "A2"
    book = open_book(data, "register.xlsx")
    assert book.about == About({"programme": "RS-001"}, {("Risks", "R-0001"): 4})
    assert [sheet.name for sheet in book.sheets] == ["Risks"]


def test_every_cell_knows_its_address_and_a_merged_block_speaks_for_all_its_cells() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("B1:C1")

    data = book_of(["Risk", "Residual", None], ["Flood", 1, 2], [None, 3, 4], change=merge)
    sheet = open_book(data, "log.xlsx").sheets[0]
    assert [row.cells for row in sheet.rows] == [["Risk", "Residual", "Residual"], ["Flood", 1, 2], ["Flood", 3, 4]]
    assert sheet.block_at(3, 1) == sheet.block_at(2, 1)
    assert sheet.block_at(3, 2) is None
    assert str(sheet.fault(3, 28, "is no date")) == "sheet “Log”, cell AB3: is no date"
    assert address(12, 703) == "AAA12"


def test_rows_far_down_cost_nothing_and_columns_far_out_are_refused() -> None:
    def far(book: Workbook) -> None:
        book.active["A1048576"] = "the last row there is"

    sheet = open_book(book_of(["Title"], change=far), "log.xlsx").sheets[0]
    assert [row.number for row in sheet.rows] == [1, 1_048_576]
    assert "has more than 300 columns" in refusal(book_of(["x"] * 301))
    assert "has more than 2 rows" in refusal(book_of(["a"], ["b"], ["c"]), limits=Limits(rows=2))
    assert "has more than 300 columns" in refusal(b"," * 301 + b"x\n", "wide.csv")


def with_part(name: str, data: bytes, base: bytes | None = None) -> bytes:
    file = io.BytesIO(base or book_of(["Title"], ["Flood"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return file.getvalue()


def _locked_book(book: Workbook) -> None:
    book.security = WorkbookProtection(lockStructure=True, workbookPassword="secret")


def _locked_sheet(book: Workbook) -> None:
    book.active.protection.enable()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "r.xlsx", "is empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "r.xlsx", "is encrypted: open it with its password"),
        (OLE + b"Workbook", "r.xls", "is an old Excel workbook (.xls)"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "r.xls", "with macros"),
        (with_part("xl/vbaProject.bin", b"x"), "r.xlsx", "has macros in it"),
        (book_of(["Title"]), "r.xlsm", "is named as a workbook with macros"),
        (with_part("xl/workbook.bin", b"x"), "r.xlsx", "binary workbook"),
        (with_part("mimetype", b"application/vnd.oasis"), "r.xlsx", "is an OpenDocument file"),
        (with_part("xl/evil.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>'), "r.xlsx", "holds definitions"),
        (with_part("xl/media/large.bin", b"\0" * 30_000_000), "r.xlsx", "is far larger unpacked"),
        (book_of(["Title"], change=_locked_book), "r.xlsx", "the protection of the workbook"),
        (book_of(["Title"], change=_locked_sheet), "r.xlsx", "the protection of the sheet"),
        (book_of(), "r.xlsx", "is empty"),
        (b"Title,Score\nFlood,3\n", "r.xlsx", "is named .xlsx but is not a spreadsheet inside"),
        (book_of(["Title"]), "r.csv", "is named .csv but is an .xlsx workbook inside"),
        (book_of(["Title"]), "r.ods", "is named .ods but is an .xlsx workbook inside"),
        (book_of(["Title"]), "r.xlsb", "is named .xlsb but is an .xlsx workbook inside"),
        (book_of(["Title"]), "r.pdf", "is named .pdf but is an .xlsx workbook inside"),
        (b"Title,Score\nFlood,3\n", "r.pdf", "is named .pdf, which is neither a workbook"),
        (b"PK\x03\x04" + b"nonsense" * 20, "r.xlsx", "can be opened"),
        (book_of(["Title"])[:-400], "r.xlsx", "can be opened"),
        (b"%PDF-1.7", "r.csv", "is a PDF"),
        (b"<html><table>", "r.csv", "is a web page"),
        (b"GIF89a\0\0\0", "r.csv", "is not a text file"),
    ],
)  # fmt: skip
def test_a_file_that_should_not_be_opened_is_refused_in_one_sentence(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("register.csv", "Title\nFlood\n")
    assert "is a zip file and not a spreadsheet" in refusal(file.getvalue())
    assert "is larger than 20 MB" in refusal(b"a" * (20 * 1024 * 1024 + 1), "r.csv")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15-Jun-10", dt.date(2010, 6, 15)),
        ("15/06/2010", dt.date(2010, 6, 15)),
        ("5.6.10", dt.date(2010, 6, 5)),
        ("15 June 2010", dt.date(2010, 6, 15)),
        ("Tuesday, 15th June 2010", dt.date(2010, 6, 15)),
        ("1 Sept 26", dt.date(2026, 9, 1)),
        ("2010-06-15", dt.date(2010, 6, 15)),
        ("2010-06-15T10:30:00+01:00", dt.date(2010, 6, 15)),
        (dt.datetime(2010, 6, 15, 9), dt.date(2010, 6, 15)),
        ("1-Jan-75", dt.date(1975, 1, 1)),
        ("31/02/2010", None),
        ("06/15/2010", None),
        ("Jun-10", None),
        ("15-Junk-10", None),
        ("tbc", None),
        ("", None),
        (40344, None),
    ],
)
def test_a_date_is_read_as_people_type_it(text: object, day: dt.date | None) -> None:
    assert day_from(text) == day


def test_what_is_neutral_already_is_left_alone() -> None:
    assert safe_cell("plain") == "plain"


def with_formulas(book: Workbook) -> None:
    """As a program writes them that cannot calculate."""
    book.active["B2"], book.active["C2"] = "=1+2", "=A2"


def test_a_formula_without_its_result_is_known_by_its_cell_and_is_not_taken_for_empty() -> None:
    sheet = open_book(book_of(["Title", "Score", "Note"], ["Flood"], change=with_formulas), "log.xlsx").sheets[0]
    assert [str(fault) for fault in sheet.unread({1, 2})] == [
        "sheet “Log”, cell B2: is a formula whose result the file does not hold: "
        "open it in a spreadsheet program and save it again"
    ]
    assert sheet.rows[1].cells == ["Flood"]


def test_a_formula_with_its_result_an_empty_text_and_an_error_are_told_apart() -> None:
    data = book_of(["Title", "Score", "Note", "Sum"], ["Flood"], change=with_formulas)
    cells = b'<c r="B2"><f>1+2</f><v>3</v></c><c r="C2" t="str"><f>""</f><v></v></c><c r="D2" t="e"><v>#REF!</v></c>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for part in before.infolist():
            text = before.read(part)
            if part.filename.endswith("sheet1.xml"):
                start, end = text.index(b'<c r="B2"'), text.index(b"</row>", text.index(b'<c r="B2"'))
                text = text[:start] + cells + text[end:]
            after.writestr(part.filename, text)
    sheet = open_book(file.getvalue(), "log.xlsx").sheets[0]
    assert sheet.rows[1].cells == ["Flood", 3, "", "#REF!"]
    assert not sheet.uncalculated
    assert [str(fault) for fault in sheet.unread({2, 3, 4})] == [
        "sheet “Log”, cell D2: holds an error of the spreadsheet (#REF!) and no value: mend it there"
    ]


def test_a_sheet_with_more_rows_than_a_spreadsheet_holds_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from xgov.papers.workbooks import writing

    monkeypatch.setattr(writing, "LAST_ROW", 4)
    assert len(open_book(written([["one"], ["two"], ["three"]]), "r.xlsx").sheets[0].rows) == 4
    with pytest.raises(RuleBroken, match="The sheet “Risks” has more rows than a spreadsheet can hold: 4 with its"):
        written([["one"], ["two"], ["three"], ["four"]])


def test_who_stops_in_the_middle_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield from ([f"R-{number}"] for number in range(100))
        assert list(tmp_path.iterdir())
        raise RuleBroken("That will do.")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuleBroken), io.BytesIO() as file:
        write_book(file, [BookSheet("Risks", [BookColumn("Risk")], rows())], {"programme": "RS-001"})
    assert not list(tmp_path.iterdir())


def test_a_workbook_of_many_rows_is_not_held_in_memory() -> None:
    words = "words " * 20
    rows = (BookRow([f"R-{number}", words], f"R-{number}", number) for number in range(20_000))
    tracemalloc.start()
    with tempfile.TemporaryFile() as file:
        write_book(file, [BookSheet("Risks", [BookColumn("Risk"), BookColumn("Text")], rows)], {"programme": "RS-001"})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000
