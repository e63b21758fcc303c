"""Is this PDF fit to be handed out? Its structure is read back and held against PDF/UA-1 and PDF/A-3a.

It does not replace an outside validator. It finds in a third of a second what goes wrong in practice.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf

from .marked_text import marked_text

_NS = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "archive": "{http://www.aiim.org/pdfa/ns/id/}part",
    "level": "{http://www.aiim.org/pdfa/ns/id/}conformance",
    "accessible": "{http://www.aiim.org/pdfua/ns/id/}part",
}
NOWHERE = "xgov.invalid"  # the host of links that lead to a page of this service while its address is not known
_FOLLOWABLE = ("http://", "https://", "mailto:")


def faults(data: bytes) -> list[str]:
    """What is wrong with the document, a sentence each; none when it is fit."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError:
        return ["This is not a PDF file."]
    with pdf:
        found = [*_identity(pdf)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "The document is not tagged."]
        tree = _Tree.of(pdf)
        words = _Words(pdf)
        found += _headings(tree)
        found += _tables(tree, words)
        found += _figures(tree)
        found += _links(pdf, tree)
        found += _contents(pdf, tree, words)
        found += _fonts(pdf)
        found += _see_through(pdf)
        found += _bookmarks(pdf, tree)
        found += _attachments(pdf)
    return found


@dataclass
class _Tree:
    """The document as a screen reader meets it, in reading order."""

    headings: list[int] = field(default_factory=list)
    tables: list["_Table"] = field(default_factory=list)
    figures: list[Any] = field(default_factory=list)
    pictures_in_links: int = 0
    linked: set[tuple[int, int]] = field(default_factory=set)  # annotations that a Link element holds
    entries: list[Any] = field(default_factory=list)  # the items of lists: the contents are one
    section: Any = None  # the last heading of a section

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> "_Tree":
        tree = cls()
        for kid in _kids(pdf.Root.StructTreeRoot):
            tree._read(kid, in_link=False)
        return tree

    def _read(self, element: Any, *, in_link: bool) -> None:
        kind = str(element.get("/S", ""))
        if kind in ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
            self.headings.append(int(kind[2]))
            if kind == "/H2":
                self.section = element
        elif kind == "/Table":
            self.tables.append(_Table(self.section))
        elif kind == "/TH" and self.tables:
            self.tables[-1].headers.append(element)
        elif kind == "/Figure":
            self.figures.append(element)
            self.pictures_in_links += in_link
        elif kind == "/LI":
            self.entries.append(element)
        for kid in _kids(element):
            if kid.get("/Type") == "/OBJR":
                if in_link or kind == "/Link":
                    self.linked.add(kid.Obj.objgen)
            else:
                self._read(kid, in_link=in_link or kind == "/Link")


@dataclass
class _Table:
    """A table, or as much of one as stands on a page."""

    section: Any  # the heading it stands under
    headers: list[Any] = field(default_factory=list)

    @property
    def rows(self) -> list[Any]:
        """The header cells that name a row."""
        return [header for header in self.headers if "/Row" in _scopes(header)]


class _Words:
    """What is written in an element."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        self.on_page = cache(lambda number: marked_text(pdf.pages[number - 1]))

    def of(self, element: Any) -> str:
        said = (self.piece(holder, kid) for holder, kid in _leaves(element) if not isinstance(kid, pikepdf.Dictionary))
        return " ".join(" ".join(said).split())

    def piece(self, holder: Any, kid: Any) -> str:
        return self.on_page(self.numbers[holder.Pg.objgen]).get(int(kid), "")


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid


def _identity(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What a reader's software is told about the document before it shows a page."""
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "The document does not say its language."
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "The document does not say that it is tagged."
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "The window would show the file's name instead of the document's title."
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if not str(xmp.get(_NS["title"]) or "").strip():
            yield "The document has no title."
        if (xmp.get(_NS["archive"]), xmp.get(_NS["level"])) != ("3", "A"):
            yield "The document does not declare PDF/A-3a."
        if xmp.get(_NS["accessible"]) != "1":
            yield "The document does not declare PDF/UA-1."
    if pdf.is_encrypted:
        yield "The document is encrypted."


def _headings(tree: _Tree) -> Iterator[str]:
    if not tree.headings:
        yield "The document has no heading."
    last = 0
    for level in tree.headings:
        if level > last + 1:
            yield (
                f"A heading of level {level} follows level {last}." if last else f"The first heading is level {level}."
            )
        last = level


def _tables(tree: _Tree, words: _Words) -> Iterator[str]:
    for number, table in enumerate(tree.tables):
        if not table.headers:
            yield f"{_place(tree, number, words)}: a table has no header cells."
        if any(not _scopes(header) & {"/Row", "/Column", "/Both"} for header in table.headers):
            yield f"{_place(tree, number, words)}: a header cell does not say whether it heads a row or a column."


def _place(tree: _Tree, number: int, words: _Words) -> str:
    """Where a reader finds the table: its section, and the record that it shows first or that was shown before it."""
    table = tree.tables[number]
    if table.section is None:
        return "Before the first section"
    before = [each for each in tree.tables[:number] if each.section is table.section]
    rows = [*table.rows[:1], *(row for each in reversed(before) for row in reversed(each.rows))]
    record = next(filter(None, map(words.of, rows)), "")
    section = f"In the section “{words.of(table.section)}”"
    return f"{section}, at “{record}”" if record else section


def _scopes(header: Any) -> set[str]:
    attributes = header.get("/A", {})
    return {
        str(one.get("/Scope", "")) for one in (attributes if isinstance(attributes, pikepdf.Array) else [attributes])
    }


def _figures(tree: _Tree) -> Iterator[str]:
    silent = sum(1 for figure in tree.figures if not str(figure.get("/Alt", "")).strip())
    if silent:
        yield f"{silent} of {len(tree.figures)} pictures have no words beside them."
    if tree.pictures_in_links:
        yield "A picture stands inside a link."


def _links(pdf: pikepdf.Pdf, tree: _Tree) -> Iterator[str]:
    places = _destinations(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        for link in page.get("/Annots", []):
            if link.get("/Subtype") != "/Link":
                continue
            if link.objgen not in tree.linked:
                yield f"A link on page {number} is not tagged."
            if not str(link.get("/Contents", "")).strip():
                yield f"A link on page {number} has no words."
            address = str(link.get("/A", {}).get("/URI", ""))
            if address and (not address.startswith(_FOLLOWABLE) or f"//{NOWHERE}/" in address):
                yield f"A link on page {number} leads to {address}, which cannot be followed from paper."
            if not address and str(link.get("/Dest", "")) not in places:
                yield f"A link on page {number} leads to a place that is not in the document."


def _contents(pdf: pikepdf.Pdf, tree: _Tree, words: _Words) -> Iterator[str]:
    """Does each line that leads to a place in the document print that place's page?"""
    places = _destinations(pdf)
    for entry in tree.entries:
        said: list[str] = []
        targets: list[int] = []
        for element, kid in _leaves(entry):
            if not isinstance(kid, pikepdf.Dictionary):
                said.append(words.piece(element, kid))
            elif (name := str(kid.Obj.get("/Dest", ""))) in places:
                targets.append(words.numbers[places[name][0].objgen])
        if targets and len(said) > 1 and said[-1].isdecimal() and int(said[-1]) != targets[0]:
            yield f"The contents say page {said[-1]} for “{' '.join(said[:-1])}”, which is on page {targets[0]}."


def _leaves(element: Any) -> Iterator[tuple[Any, Any]]:
    """The marked content and the links in an element, each with the element that holds it."""
    for kid in element.get("/K", []):
        if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") == "/OBJR":
            yield element, kid
        else:
            yield from _leaves(kid)


def _destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    return {} if tree is None else dict(pikepdf.NameTree(tree).items())


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    seen: set[str] = set()
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            name = str(font.get("/BaseFont", "a font"))
            if name in seen or font.get("/Subtype") == "/Type3":
                continue
            seen.add(name)
            described = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"The font {name} is not embedded."
            if "/ToUnicode" not in font:
                yield f"The text in the font {name} cannot be read aloud or copied."


def _see_through(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Transparency is drawn as a group of its own, and the tags inside are lost."""
    for number, page in enumerate(pdf.pages, start=1):
        groups = [form for form in page.resources.get("/XObject", {}).values() if form.get("/Subtype") == "/Form"]
        if any("/Group" in form for form in groups):
            yield f"Something on page {number} is see-through (opacity below 1), which hides it from a screen reader."
            return


def _bookmarks(pdf: pikepdf.Pdf, tree: _Tree) -> Iterator[str]:
    if len(tree.headings) > 1 and "/Outlines" not in pdf.Root:
        yield "The document has headings but no bookmarks."


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    for name, file in pdf.attachments.items():
        if "/AFRelationship" not in file.obj:
            yield f"The attachment {name} does not say what it is to the document."
