"""What an importer takes out of a file before it reads it."""

from django.utils.translation import ngettext

from xgov.papers.workbooks.reading import Book
from xgov.records.unseen import has_unseen, without_unseen


def take_out_unseen(book: Book) -> None:
    """Signs that cannot be seen, out of every cell; one note says so, as nobody would find the cells by looking."""
    cleaned: list[str] = []
    for sheet in book.sheets:
        for row in sheet.rows:
            for place, cell in enumerate(row.cells):
                if isinstance(cell, str) and has_unseen(cell):
                    row.cells[place] = without_unseen(cell)
                    cleaned.append(sheet.place(row.number, place + 1))
    book.aside = {without_unseen(text): place for text, place in book.aside.items()}
    if cleaned:
        words = ngettext(
            "Signs that cannot be seen were taken out of %(count)d cell: %(first)s.",
            "Signs that cannot be seen were taken out of %(count)d cells, the first of them %(first)s.",
            len(cleaned),
        )
        book.notes.append(words % {"count": len(cleaned), "first": cleaned[0]})
