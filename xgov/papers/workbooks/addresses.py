"""Where a cell is, as a spreadsheet says it: column 3 of row 7 is C7."""

from openpyxl.utils import get_column_letter


def address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"
