"""Whether a file may speak of what only some may read: told by all that it holds, whatever is read."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.models import Risk
from risks.models.risks import REFERENCE
from xgov.papers.workbooks import Book
from xgov.records.fields import Marking

_SENSITIVE = r"official[\W_]*sensitive"
# The cell says so, or ends or begins by saying so; a sentence about such papers does not.
_MARKED = re.compile(rf"(?:^|[:(\[])\s*{_SENSITIVE}\b|{_SENSITIVE}\W*$|^o\s*[-\u2010-\u2014]\s*s$")
_REFERENCES = re.compile(rf"{REFERENCE}(?:[\s,;]+{REFERENCE})*", re.IGNORECASE)
_REFERENCE = re.compile(REFERENCE, re.IGNORECASE)


def says_sensitive(text: str) -> bool:
    """Whether the text is a marking as OFFICIAL-SENSITIVE, in any of the ways in which people write it."""
    return _MARKED.search(text.strip().casefold()) is not None


def references_in(book: Book) -> set[str]:
    """The references that stand alone in a cell, and those of the risks that the copy was made with."""
    found = {reference for sheet, reference in (book.about.versions if book.about else ())}
    found = {reference for reference in found if _REFERENCES.fullmatch(reference)}
    for text in _texts(book):
        if text[:2] in ("R-", "r-") and _REFERENCES.fullmatch(text):
            found.update(reference.upper() for reference in _REFERENCE.findall(text))
    return found


def speaks_of_sensitive(book: Book, programme: Programme) -> bool:
    """Decided by the file alone, and the same whoever brings it."""
    if any(says_sensitive(text) for text in _texts(book)):
        return True
    sensitive = Risk.objects.filter(programme=programme, marking=Marking.OFFICIAL_SENSITIVE)
    return not references_in(book).isdisjoint(sensitive.values_list("reference", flat=True))


def notes(book: Book) -> list[str]:
    """A mark that nobody sees who looks at the rows is told of: else nobody would know why the file is sensitive."""
    places = [place for text, place in book.aside.items() if says_sensitive(text)]
    words = _("The file counts as OFFICIAL-SENSITIVE: so says %(place)s.")
    return [words % {"place": place} for place in places[:1]]


def _texts(book: Book) -> Iterator[str]:
    yield from (text.strip() for text in book.aside)
    for sheet in book.sheets:
        for row in sheet.rows:
            yield from (cell.strip() for cell in row.cells if isinstance(cell, str) and cell)
