import io
import json
from dataclasses import replace

import pikepdf
import pytest

from tests.papers.example_pack import HEAD, example_sections
from xgov.papers.checks import faults
from xgov.papers.document import PackHead, pack_html
from xgov.papers.marked_text import marked_text
from xgov.papers.pdf import PdfFile, render
from xgov.papers.sections import content_sha256, frozen, thawed


@pytest.fixture(scope="module")
def pack() -> PdfFile:
    return render(pack_html(HEAD, example_sections()))


@pytest.fixture(scope="module")
def pages(pack: PdfFile) -> list[str]:
    with pikepdf.open(io.BytesIO(pack.data)) as pdf:
        return [" ".join(marked_text(page).values()) for page in pdf.pages]


def test_a_board_gets_an_accessible_pack_with_bookmarks_for_each_section(pack: PdfFile) -> None:
    assert faults(pack.data) == []
    assert pack.warnings == ()
    with pikepdf.open(io.BytesIO(pack.data)) as pdf:
        (board,) = pdf.open_outline().root
        assert board.title == "Sleeping rough programme board"
        assert [entry.title for entry in board.children] == [
            "Contents",
            "1 SRO summary",
            "2 Decisions required",
            "3 Delivery confidence",
            "4 Risks above appetite",
            "5 Decisions since the last pack",
            "6 Data refreshes",
        ]
        assert str(pdf.docinfo["/Title"]) == "Board pack: Sleeping rough programme board, 27 November 2026"


def test_every_page_carries_the_marking_twice_its_number_and_the_fingerprint(pack: PdfFile, pages: list[str]) -> None:
    fingerprint = content_sha256(example_sections(), HEAD.plain())
    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL-SENSITIVE") == (3 if number == 1 else 2)
        assert f"Page {number} of {pack.pages}" in text
        assert f"Content {fingerprint[:12]} · History seal 77ab03c9d1e2" in text
        assert "RS-001/PB/2026-11, version 1" in text


def test_the_cover_says_what_whose_when_and_by_whom(pages: list[str]) -> None:
    cover = pages[0]
    for words in (
        "For the meeting on Friday 27 November 2026",
        "Fewer people sleeping rough",
        "Rowan Ashdown, senior responsible owner (SRO)",
        "22 November 2026 at 09:35",
        "20 November 2026 at 17:00",
        "The pack issued on 23 October 2026",
        "Demonstration data",
        content_sha256(example_sections(), HEAD.plain()),
    ):
        assert words in cover


def test_the_sro_summary_is_one_page(pages: list[str]) -> None:
    assert "What changed" in pages[2]
    assert "2 Decisions required" in " ".join(pages[3].split())


def test_contents_that_give_the_wrong_page_are_found_out(pack: PdfFile) -> None:
    moved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pack.data)) as pdf:
        places = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())
        places["section-3"][0] = pdf.pages[7].obj
        pdf.save(moved)
    assert faults(moved.getvalue()) == ["The contents say page 5 for “3  Delivery confidence”, which is on page 8."]


def test_a_pack_read_from_its_record_is_the_same_document_to_the_last_byte(pack: PdfFile) -> None:
    again = thawed(json.loads(json.dumps(frozen(example_sections()))))
    assert render(pack_html(HEAD, again)).sha256 == pack.sha256


def test_what_people_typed_is_shown_and_never_obeyed() -> None:
    head = replace(HEAD, outcome='<script>x</script> "quoted" & <b>bold</b>')
    html = pack_html(head, example_sections()[:1])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert render(html).pages == 3


MINIMAL = [
    replace(
        HEAD, meeting_on=None, since=None, other_departments=(), lead_department="", handling="", demonstration=False
    ),
    replace(HEAD, seal="", issued_as="", outcome="", marking="Official", notes=("The SRO let delivery begin.",)),
]


@pytest.mark.parametrize("head", MINIMAL)
def test_a_first_pack_with_little_to_say_is_a_whole_document_too(head: PackHead) -> None:
    empty = [replace(each, values={}) for each in example_sections()]
    html = pack_html(head, empty)
    assert render(html).pages == 4
    assert "No open risk is above its appetite." in html
    assert ("There is no earlier pack to count from" in html) is (head.since is None)
