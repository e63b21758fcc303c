"""What a workbook says beside its rows: on hidden sheets, in comments, in names, above and below a printed page."""

import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.workbook import Workbook
from openpyxl.xml.functions import fromstring

from xgov.papers.cells import unescaped
from xgov.papers.workbooks.about import ABOUT, LISTS, LONG
from xgov.papers.workbooks.addresses import address
from xgov.papers.workbooks.parsing import Page, Parser

_COMMENTS = ("/comments", "/threadedComment")
_EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def texts_aside(packed: zipfile.ZipFile, workbook: Workbook) -> Iterator[tuple[str, str]]:
    """Each text, and where it stands in words. Of a workbook that we wrote not the sheets that we have hidden."""
    ours = {ABOUT, LISTS, LONG} if ABOUT in workbook.sheetnames else set()
    for page in workbook.worksheets:
        if page.sheet_state != "visible" and page.title not in ours:
            yield from _on_hidden(page)
        yield page.title, _("the name of sheet “%(sheet)s”") % {"sheet": page.title}
        yield from _in_comments(packed, page)


def texts_at_edges(parser: Parser, sheet: str) -> Iterator[tuple[str, str]]:
    """What a page of the sheet is printed with, above and below."""
    found = getattr(parser, "HeaderFooter", None)
    for edge in _EDGES if found is not None else ():
        part = getattr(found, edge)
        for side in (part.left, part.center, part.right) if part is not None else ():
            if side is not None and side.text:
                yield side.text, _("the header or footer of sheet “%(sheet)s”") % {"sheet": sheet}


def _on_hidden(page: Page) -> Iterator[tuple[str, str]]:
    with page._get_source() as source:
        parser = Parser(source, page._shared_strings, data_only=True)
        for number, cells in parser.parse():
            for cell in cells:
                if isinstance(cell["value"], str):
                    said = {"sheet": page.title, "cell": address(number, cell["column"])}
                    yield unescaped(cell["value"]), _("hidden sheet “%(sheet)s”, cell %(cell)s") % said
    yield from texts_at_edges(parser, page.title)


def _in_comments(packed: zipfile.ZipFile, page: Page) -> Iterator[tuple[str, str]]:
    """Of the old kind and of the new, in which people answer each other."""
    parts = set(packed.namelist())
    relations = get_rels_path(page._worksheet_path)
    for relation in get_dependents(packed, relations) if relations in parts else ():
        if relation.Type.endswith(_COMMENTS) and relation.target in parts:
            for element in fromstring(packed.read(relation.target)).iter():
                if _is_comment(element):
                    said = {"sheet": page.title, "cell": element.get("ref", "")}
                    place = _("a comment on sheet “%(sheet)s”, cell %(cell)s") % said
                    yield from ((line, place) for line in "".join(element.itertext()).splitlines())


def _is_comment(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] in {"comment", "threadedComment"}
