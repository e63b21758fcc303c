import datetime as dt
import gc
import hashlib
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from xgov.papers.checks import faults
from xgov.papers.pdf import Attachment, PaperFault, render

SHELL = '<!doctype html><html lang="en-GB"><head><title>Board pack</title></head><body>{}</body></html>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}<rect width="40" height="20"/></svg>'
GOOD = f"""
<h1 id="top">Fewer people sleeping rough</h1>
<p><a href="#risks">See the risks</a>, or <a href="https://www.gov.uk/">GOV.UK</a>.</p>
<h2 id="risks">Risks</h2>
<table><caption>Open risks</caption>
<thead><tr><th scope="col">Risk</th><th scope="col">Score</th></tr></thead>
<tbody><tr><th scope="row">Places run out in winter</th><td>20</td></tr></tbody></table>
<table><tbody><tr><th scope="row">As at</th><td>22 November 2026</td></tr></tbody></table>
{SVG.format("<title>Twenty of twenty-five</title>")}
"""


def page(body: str) -> str:
    return SHELL.format(body)


def faults_of(html: str) -> str:
    with pytest.raises(PaperFault) as fault:
        render(html)
    assert fault.value.faults
    return str(fault.value)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_a_good_document_is_an_archive_copy_and_accessible() -> None:
    file = render(page(GOOD))
    assert faults(file.data) == []
    assert (file.pages, file.warnings) == (1, ())
    assert file.sha256 == hashlib.sha256(file.data).hexdigest()
    with opened(file.data) as pdf, pdf.open_metadata() as xmp:
        assert xmp.pdfa_status == "3A"
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Board pack"
        assert [str(item.title) for item in pdf.open_outline().root] == ["Fewer people sleeping rough"]


def test_header_cells_say_whether_they_head_a_row_or_a_column() -> None:
    def scopes(element: pikepdf.Object) -> list[str]:
        found = [str(element.A.Scope)] if element.get("/S") == "/TH" else []
        kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary)]
        return found + [scope for kid in kids for scope in scopes(kid)]

    with opened(render(page(GOOD)).data) as pdf:
        assert scopes(pdf.Root.StructTreeRoot) == ["/Column", "/Column", "/Row", "/Row"]


def test_a_link_is_read_aloud_with_its_words_and_where_it_leads() -> None:
    with opened(render(page(GOOD)).data) as pdf:
        assert [str(link.Contents) for link in pdf.pages[0].Annots] == ["See the risks, page 1", "GOV.UK"]


def test_the_same_document_gives_the_same_bytes() -> None:
    made_at = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    register = Attachment("risks.csv", b"Reference\r\nR-0001\r\n", "The whole risk register", made_at)
    assert render(page(GOOD), attachments=[register]).data == render(page(GOOD), attachments=[register]).data


def test_the_whole_register_travels_inside_the_pack() -> None:
    made_at = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    register = Attachment("risks.csv", b"Reference\r\nR-0001\r\n", "The whole risk register", made_at)
    file = render(page(GOOD), attachments=[register])
    with opened(file.data) as pdf:
        assert pdf.attachments["risks.csv"].get_file().read_bytes() == register.data
        assert [str(each.AFRelationship) for each in pdf.Root.AF] == ["/Data"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<html><head><title>x</title></head><body><h1>a</h1></body></html>", "does not say its language"),
        ('<html lang="en"><head></head><body><h1>a</h1></body></html>', "has no title"),
        (page("<p>words only</p>"), "has no heading"),
        (page("<h2>a</h2>"), "first heading is level 2"),
        (page("<h1>a</h1><h3>b</h3>"), "level 3 follows level 1"),
        (
            page("<h1>a</h1><table><tr><td>1</td></tr></table>"),
            "Before the first section: a table has no header cells.",
        ),
        (page("<h1>a</h1>" + SVG.format("")), "1 of 1 pictures have no words"),
        (
            page('<h1 id="a">a</h1><a href="#a">' + SVG.format("<title>b</title>") + "</a>"),
            "picture stands inside a link",
        ),
        (page('<h1>a</h1><p style="opacity: .5">faint</p>'), "see-through"),
        (page('<h1>a</h1><p style="colour: red">a</p>'), "Ignored `colour"),
        (page('<h1>a</h1><a href="#nowhere">a</a>'), "No anchor #nowhere"),
        (page('<h1>a</h1><a href="/programmes/">a</a>'), "cannot be followed from paper"),
        (page('<h1>a</h1><a href="file:///x">a</a>'), "cannot be followed from paper"),
    ],
)
def test_a_document_that_is_not_fit_is_a_fault_and_not_a_worse_document(html: str, words: str) -> None:
    assert words in faults_of(html)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "data:image/png;base64,AAAA",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/static//etc/passwd",
        "//elsewhere.example/static/x.png",
        "/elsewhere/x.png",
    ],
)
def test_a_paper_reads_no_file_but_our_own(address: str) -> None:
    assert "only this service's own static files" in faults_of(page(f'<h1>a</h1><img src="{address}" alt="a">'))
    assert "only this service's own" in faults_of(page(f'<style>@import url("{address}");</style><h1>a</h1>'))


def test_our_own_static_files_may_be_used(settings: object, tmp_path: Path) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "mark.svg").write_text(SVG.format("<title>Mark</title>"))
    assert render(page('<h1>a</h1><img src="/static/mark.svg" alt="The mark">')).pages == 1
    assert "there is no static file none.svg" in faults_of(page('<h1>a</h1><img src="/static/none.svg" alt="a">'))


def test_a_link_into_the_service_carries_its_address() -> None:
    file = render(page('<h1>a</h1><a href="/programmes/">Programmes</a>'), address="https://xgov.example/")
    with opened(file.data) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://xgov.example/programmes/"


def test_an_emoji_that_no_font_has_is_named_and_does_not_stop_the_pack() -> None:
    file = render(page("<h1>Risks \U0001f9ff</h1>"))
    assert file.warnings == ("No font has the character U+1F9FF: “[nazar amulet]” is printed for it.",)


def test_complaints_are_heard_whatever_the_log_is_set_to() -> None:
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    assert "Ignored" in faults_of(page('<h1>a</h1><p style="colour: red">a</p>'))


def test_two_papers_at_once_do_not_hear_each_others_complaints_and_leave_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with ThreadPoolExecutor(4) as pool:
        bad = [pool.submit(faults_of, page('<h1>a</h1><p style="colour: red">a</p>')) for _ in range(4)]
        good = [pool.submit(render, page(GOOD)) for _ in range(4)]
    assert all("Ignored" in each.result() for each in bad)
    assert {each.result().pages for each in good} == {1}
    assert gc.get_threshold() == before


def test_a_file_that_is_not_a_pdf_or_was_never_tagged_is_found_out() -> None:
    assert faults(b"not a pdf") == ["This is not a PDF file."]
    plain, file = pikepdf.new(), io.BytesIO()
    plain.add_blank_page()
    plain.save(file)
    found = faults(file.getvalue())
    assert "The document is not tagged." in found
    assert "The document does not say its language." in found
    assert "The document does not declare PDF/UA-1." in found


def test_a_table_without_headers_is_named_by_its_section_and_the_record_before_it() -> None:
    bare = "<table><tr><td>The row goes on here</td></tr></table>"
    html = page(GOOD.replace("<table><tbody>", f"{bare}<table><tbody>"))
    assert faults_of(html) == ("In the section “Risks”, at “Places run out in winter”: a table has no header cells.")


def test_what_is_taken_out_of_a_good_document_is_missed() -> None:
    def without(*change: tuple[str, str]) -> list[str]:
        file = io.BytesIO()
        with opened(render(page(GOOD)).data) as pdf:
            for owner, key in change:
                del (pdf.Root if owner == "root" else pdf.pages[0].Annots[0])[key]
            pdf.save(file)
        return faults(file.getvalue())

    assert without(("root", "/Outlines")) == ["The document has headings but no bookmarks."]
    assert without(("root", "/MarkInfo")) == ["The document does not say that it is tagged."]
    assert without(("root", "/ViewerPreferences")) == [
        "The window would show the file's name instead of the document's title."
    ]
    assert without(("link", "/Contents")) == ["A link on page 1 has no words."]
    assert without(("root", "/Names")) == ["A link on page 1 leads to a place that is not in the document."]
