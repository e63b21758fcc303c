"""Reads the cells of a sheet, and notes those that hold no value though something was put there: nothing is lost in
silence."""

from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.text import Text
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser

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
