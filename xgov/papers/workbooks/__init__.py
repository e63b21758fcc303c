"""Spreadsheets, out and in: workbooks of several sheets with lists to choose from, read back cell by cell.

`write_book(file, [BookSheet(...)], facts={...})` writes; `open_book(data, name)` reads an XLSX or CSV file that anybody
made, or refuses it with BadFile in one sentence. What was written is read unchanged in meaning.
"""

from xgov.papers.workbooks.about import About
from xgov.papers.workbooks.addresses import address
from xgov.papers.workbooks.cleaning import take_out_unseen
from xgov.papers.workbooks.days import day_from
from xgov.papers.workbooks.reading import Book, CellFault, Sheet, SheetRow, open_book
from xgov.papers.workbooks.refusing import Limits, kind_of
from xgov.papers.workbooks.writing import LAST_ROW, BookColumn, BookRow, BookSheet, write_book

__all__ = [
    "LAST_ROW",
    "About",
    "Book",
    "BookColumn",
    "BookRow",
    "BookSheet",
    "CellFault",
    "Limits",
    "Sheet",
    "SheetRow",
    "address",
    "day_from",
    "kind_of",
    "open_book",
    "take_out_unseen",
    "write_book",
]
