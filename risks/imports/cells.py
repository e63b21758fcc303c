"""The cells of one row of a sheet beside that of the risks, by the keys of its columns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from risks.imports.fields import text_of_cell
from risks.imports.rows import Row
from xgov.papers.workbooks import SheetRow, day_from


class Wrong(Exception):
    """The key of the column and what is wrong with its cell."""


@dataclass
class Cells:
    row: Row
    cells: SheetRow

    def has(self, key: str) -> bool:
        return key in self.row.places

    def cell(self, key: str) -> Any:
        return self.cells.cell(self.row.places[key]) if self.has(key) else ""

    def text(self, key: str) -> str:
        return text_of_cell(self.cell(key))

    def needed(self, key: str) -> str:
        if not (text := self.text(key)):
            raise Wrong(key, _("must not be empty"))
        return text

    def day(self, key: str) -> dt.date | None:
        if not self.text(key):
            return None
        if (day := day_from(self.cell(key))) is None:
            raise Wrong(key, _("is not a date, like 22 November 2026"))
        return day

    def choice(self, key: str, choices: Iterable[tuple[Any, Any]], default: Any = None) -> Any:
        """The value whose code or words the cell says; an empty one says `default`, or is wrong without."""
        pairs, words = list(choices), self.text(key).casefold()
        if not words and default is not None:
            return default
        for value, label in pairs:
            if words in (str(value).casefold(), str(label).casefold()):
                return value
        said = ", ".join(str(label) for _value, label in pairs)
        raise Wrong(key, _("is not one of: %(choices)s") % {"choices": said})
