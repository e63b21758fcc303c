"""Reads the cells of a sheet, and notes those that hold no value though something was put there: nothing is lost in
silence."""

import io
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser


class Page(ReadOnlyWorksheet):
    """A sheet whose size is not asked for: where no program has written it down, that means reading it all."""

    def _get_size(self) -> None:
        return None


class Opening(ExcelReader):
    """Opens a workbook to read its cells and nothing else of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)

    def read_worksheets(self) -> None:
        for sheet, relation in self.parser.find_sheets():
            if relation.target not in self.valid_files:
                continue
            if "chartsheet" in relation.Type:
                self.read_chartsheet(sheet, relation)
                continue
            page = Page(self.wb, sheet.name, relation.target, self.shared_strings)
            page.sheet_state = sheet.state
            self.wb._sheets.append(page)


def opened(data: bytes) -> Workbook:
    opening = Opening(data)
    opening.read()
    return opening.wb


Place = tuple[int, int]  # row, column
_PLAIN_TEXT = INLINE_STRING.replace("}is", "}t")


class Parser(WorkSheetParser):
    """Gives the stored result of a formula.

    What is wrong, by cell: with the `uncalculated`, which have none, and with those that hold `errors`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uncalculated: dict[Place, str] = {}
        self.errors: dict[Place, str] = {}

    def parse_cell(self, element: Any) -> dict[str, Any]:
        if element.get("t") == "inlineStr" and (coordinate := element.get("r")):
            return self._text(element, coordinate)
        cell = super().parse_cell(element)
        if cell["value"] is None:
            # A program that has worked it out to an empty text says by "str" that it has.
            if len(element) and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
                self.uncalculated[cell["row"], cell["column"]] = _(
                    "is a formula whose result the file does not hold: "
                    "open it in a spreadsheet program and save it again"
                )
        elif cell["data_type"] == "e":
            words = _("holds an error of the spreadsheet (%(error)s) and no value: mend it there")
            self.errors[cell["row"], cell["column"]] = words % {"error": cell["value"]}
        return cell

    def _text(self, element: Any, coordinate: str) -> dict[str, Any]:
        """A text that stands in its cell, as we write all of ours: most are plain, and read four times as fast so."""
        row, column = coordinate_to_tuple(coordinate)
        self.col_counter = column
        found = element.find(INLINE_STRING)
        if found is None:
            value = None
        elif len(found) == 1 and found[0].tag == _PLAIN_TEXT:
            value = found[0].text or ""
        else:
            value = Text.from_tree(found).content
        return {"row": row, "column": column, "value": value, "data_type": "s", "style_id": 0}
