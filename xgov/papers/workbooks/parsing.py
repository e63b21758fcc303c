"""Cells that hold no value though something was put there: they are noted, so that nothing is lost in silence."""

from typing import Any

from django.utils.translation import gettext as _
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

Place = tuple[int, int]  # row, column


class Parser(WorkSheetParser):
    """Gives the stored result of a formula. `unread`: what is wrong with each cell that has none, or an error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uncalculated: dict[Place, str] = {}
        self.errors: dict[Place, str] = {}

    def parse_cell(self, element: Any) -> dict[str, Any]:
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
