"""What a list is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django_filters import FilterSet

from xgov.access.roles import type_of_text

# More do not fit beside the filters on a page of 1,200 pixels.
COLUMNS_BESIDE_FILTERS = 8

Reading = str | Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column. `value` is a path of attributes (`kept_by.abbreviation`) or a function of the record.

    `link` makes it the row's heading, linked to the record's page. `sort` names the fields to order by when ascending.
    `template` draws the cell from `record` and `value`. `in_file` is what a CSV or XLSX holds where that differs.
    """

    key: str
    label: type_of_text
    value: Reading | None = None
    sort: Sequence[str] = ()
    link: bool = False
    numeric: bool = False
    template: str = ""
    in_file: Reading | None = None
    file_label: str = ""
    address: Callable[[Any], str] | None = None  # of a link that does not lead to the record's own page

    def read(self, record: Model) -> Any:
        return _read(record, self.key if self.value is None else self.value)

    def link_from(self, record: Model) -> str:
        if not self.link:
            return ""
        if self.address is not None:
            return self.address(record)
        return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""

    def read_for_file(self, record: Model) -> Any:
        return _read(record, self.in_file) if self.in_file is not None else self.read(record)


def _read(record: Any, reading: Reading) -> Any:
    if callable(reading):
        return reading(record)
    value = record
    for name in reading.split("."):
        value = getattr(value, name, None)
        value = value() if callable(value) and not isinstance(value, type) else value
        if value is None:
            return None
    return value


@dataclass(frozen=True)
class Register:
    """A list of records. `key` names its files; `file_columns`, if any, is what they hold instead of `columns`."""

    key: str
    columns: Sequence[Column]
    filterset: Callable[..., FilterSet] | None = None
    search: Sequence[str] = ()
    search_label: type_of_text = ""
    default_sort: str = ""
    select_related: Sequence[str] = ()
    prefetch_related: Sequence[Any] = ()
    page_size: int = 50
    file_columns: Sequence[Column] = ()
    caption: type_of_text = ""
    empty_title: type_of_text = ""
    empty_text: type_of_text = ""

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > COLUMNS_BESIDE_FILTERS

    @property
    def columns_in_files(self) -> Sequence[Column]:
        return self.file_columns or self.columns
