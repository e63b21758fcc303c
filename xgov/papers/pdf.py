"""HTML to a PDF that is both an archive copy (PDF/A-3a) and accessible (PDF/UA-1).

The same HTML gives the same bytes, and a document that is not fit to be handed out is a `PaperFault`, not a worse
document: every warning of WeasyPrint counts, and so does what `checks.faults` finds.
"""

import gc
import hashlib
import logging
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import checks
from .breaks import mark_breaks

PRINT_STYLE = Path(__file__).with_name("print.css")

# What a link that begins with a slash is made absolute against while the site's own address is not known: a fault.
NO_ADDRESS = f"https://{checks.NOWHERE}/"

# WeasyPrint writes the PDF/A identifier only. PDF/UA needs its own, and PDF/A needs that one's schema described.
_PDFUA_XMP = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""  # noqa: E501


class PaperFault(Exception):
    """The document would not be fit to hand out; `faults` says why, a sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True)
class PdfFile:
    data: bytes
    sha256: str
    pages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, such as the whole register as CSV. `made_at` keeps the bytes reproducible."""

    name: str
    data: bytes
    description: str
    made_at: datetime
    relationship: str = "Data"


def render(html: str, *, attachments: Sequence[Attachment] = (), address: str = "") -> PdfFile:
    """The document as PDF. `address` is the site's own, for links that begin with a slash.

    Raises PaperFault. Takes about 14 ms for each row of a nine-column table: call it from a task.
    """
    data, pages, complaints = _laid_out(html, attachments, address)
    warnings: list[str] = []
    if missing := _without_a_glyph(complaints):
        html, warnings = _spelled_out(html, missing)
        data, pages, complaints = _laid_out(html, attachments, address)
    if found := [*complaints, *checks.faults(data)]:
        raise PaperFault(found)
    return PdfFile(data, hashlib.sha256(data).hexdigest(), pages, tuple(warnings))


def _laid_out(html: str, attachments: Sequence[Attachment], address: str) -> tuple[bytes, int, list[str]]:
    source = weasyprint.HTML(string=html, base_url=address or NO_ADDRESS, url_fetcher=_OwnFiles(address))
    mark_breaks(source.etree_element)
    with _listening() as complaints, _few_collections():
        document = source.render(stylesheets=[_print_style()], pdf_variant="pdf/a-3a")
        data = document.write_pdf(
            finisher=_finish, pdf_variant="pdf/a-3a", attachments=[_carried(attachment) for attachment in attachments]
        )
    return data, len(document.pages), complaints


def _without_a_glyph(complaints: Sequence[str]) -> list[str]:
    """The characters that no font has, when that is all there is to complain of."""
    codes = [re.search(r"notdef glyph.*\(U\+([0-9A-F]+)\)", complaint) for complaint in complaints]
    return [chr(int(code[1], 16)) for code in codes if code] if all(codes) else []


def _spelled_out(html: str, missing: Sequence[str]) -> tuple[str, list[str]]:
    """A person's emoji does not stop a board's pack: its name is printed instead, and that is said."""
    warnings = []
    for character in dict.fromkeys(missing):
        name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
        html = html.replace(character, f"[{name}]")
        warnings.append(f"No font has the character U+{ord(character):04X}: “[{name}]” is printed for it.")
    return html, warnings


class _OwnFiles(URLFetcher):
    """Reads this project's static files and nothing else: no network, no other file, no data addresses."""

    def __init__(self, address: str) -> None:
        super().__init__(allowed_protocols=())
        self._start = urlsplit(address or NO_ADDRESS)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        static = urlsplit(settings.STATIC_URL).path
        if (parts.scheme, parts.netloc) != (self._start.scheme, self._start.netloc) or not parts.path.startswith(
            static
        ):
            raise ValueError("a paper uses only this service's own static files")
        return URLFetcherResponse(url, _static_file(unquote(parts.path.removeprefix(static))))


def _static_file(name: str) -> bytes:
    try:
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return file.read()
        found = finders.find(name)
    except (SuspiciousOperation, OSError) as error:
        raise ValueError("a paper uses only this service's own static files") from error
    if not found:
        raise ValueError(f"there is no static file {name}")
    return Path(found).read_bytes()


@cache
def _print_style() -> weasyprint.CSS:
    return weasyprint.CSS(filename=PRINT_STYLE, url_fetcher=_OwnFiles(""))


def _carried(attachment: Attachment) -> weasyprint.Attachment:
    made_at = attachment.made_at.astimezone(UTC)
    return weasyprint.Attachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        created=made_at,
        modified=made_at,
        relationship=attachment.relationship,
    )


def _finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """What PDF/UA asks for and WeasyPrint leaves out."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    xmp = b"".join(part if isinstance(part, bytes) else part.encode() for part in metadata.stream)
    metadata.stream = [xmp.replace(b"</rdf:RDF>", _PDFUA_XMP + b"</rdf:RDF>")]
    if "AF" in pdf.catalog:  # each attachment is listed twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    pages = {name: number for number, page in enumerate(document.pages, start=1) for name in page.anchors}
    for page in document.pages:
        for box in page._page_box.descendants():
            _give_scope(box)
        for link in page.links:
            _describe(link, pages)


def _give_scope(box: Any) -> None:
    """Say of each header cell whether it heads a row or a column."""
    mark = getattr(box, "mark", None)
    if mark is not None and mark.get("S") == "/TH":
        scope = box.element.get("scope", "col")
        mark["A"]["Scope"] = "/Row" if scope.startswith("row") else "/Column"


def _describe(link: tuple[str, str, Any, Any], pages: dict[str, int]) -> None:
    """A link is described by its words and where it leads, not by the name of its anchor."""
    kind, target, _rectangle, box = link
    words = " ".join("".join(box.element.itertext()).split()) if box.element is not None else ""
    if box.link_annotation is not None and words:
        where = f", page {pages[target]}" if kind == "internal" and target in pages else ""
        box.link_annotation["Contents"] = pydyf.String(f"{words}{where}")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Everything WeasyPrint complains of in this thread."""
    heard: list[str] = []
    thread = threading.get_ident()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                heard.append(record.getMessage())

    ear = Ear(level=logging.WARNING)
    logger = logging.getLogger("weasyprint")
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield heard
    finally:
        logger.removeHandler(ear)


_rendering = threading.Lock()
_renderers = 0
_usual_threshold = gc.get_threshold()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Layout makes millions of objects that live to the end: looking for garbage among them costs an eighth."""
    global _renderers, _usual_threshold
    with _rendering:
        if not _renderers:
            _usual_threshold = gc.get_threshold()
            gc.set_threshold(200_000, 50, 100)
        _renderers += 1
    try:
        yield
    finally:
        with _rendering:
            _renderers -= 1
            if not _renderers:
                gc.set_threshold(*_usual_threshold)
