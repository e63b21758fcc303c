"""One list as one person asked for it: searched, filtered, sorted, on one page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, OrderBy, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.urls import reverse

from xgov.access.doors import is_sensitive, marking_field
from xgov.pages.models import SavedFilter
from xgov.pages.paging import page_asked_for, with_query
from xgov.pages.registers.declaring import Column, Register
from xgov.pages.registers.filtering import AppliedFilter, Filters
from xgov.pages.values import in_html


@dataclass(frozen=True)
class Cell:
    column: Column
    value: Any
    html: Any
    url: str = ""

    @property
    def is_empty(self) -> bool:
        return self.html == "" and not self.column.template


@dataclass(frozen=True)
class Row:
    record: Model
    cells: list[Cell]


@dataclass(frozen=True)
class Heading:
    column: Column
    url: str
    direction: str  # "ascending", "descending" or nothing: what aria-sort says


class Listing:
    """What components/register.html draws. One query counts, one reads the page (and one for each prefetch)."""

    def __init__(self, request: HttpRequest, register: Register, queryset: QuerySet, words: str = "") -> None:
        self.request = request
        self.register = register
        self.words = words
        self.filters = Filters(request, register, queryset)
        self.sort_key, self.is_descending = self._asked_sort()

    def _asked_sort(self) -> tuple[str, bool]:
        for asked in (self.request.GET.get("sort", ""), self.register.default_sort):
            column = self.register.column(asked.removeprefix("-"))
            if column is not None and column.sort:
                return column.key, asked.startswith("-")
        return "", False

    @cached_property
    def queryset(self) -> QuerySet:
        """Everything that the search and the filters leave, in order."""
        register = self.register
        queryset = self.filters.queryset
        if register.select_related:
            queryset = queryset.select_related(*register.select_related)
        if register.prefetch_related:
            queryset = queryset.prefetch_related(*register.prefetch_related)
        column = register.column(self.sort_key)
        if column is None:
            return queryset if queryset.ordered else queryset.order_by("pk")
        names = [_turned(name) for name in (*column.sort, "pk")] if self.is_descending else [*column.sort, "pk"]
        return queryset.order_by(*(_empty_last(name, queryset.model) for name in names))

    @cached_property
    def page(self) -> Page:
        return page_asked_for(self.request, Paginator(self.queryset, self.register.page_size))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def records(self) -> list[Model]:
        return list(self.page.object_list) if self.count else []

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(record, [_cell(column, record) for column in self.register.columns]) for record in self.records]

    @property
    def headings(self) -> Iterator[Heading]:
        for column in self.register.columns:
            url, direction = "", ""
            if column.sort:
                is_this = column.key == self.sort_key
                if is_this:
                    direction = "descending" if self.is_descending else "ascending"
                turned = f"-{column.key}" if is_this and not self.is_descending else column.key
                url = with_query(self.request, sort=turned, page=None)
            yield Heading(column, url, direction)

    @property
    def applied(self) -> list[AppliedFilter]:
        return self.filters.applied

    @cached_property
    def offers_filters(self) -> bool:
        """Not where there is nothing at all to narrow."""
        return self.filters.are_offered and (bool(self.count or self.applied) or self.filters.unfiltered.exists())

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters.applied)

    @property
    def csv_url(self) -> str:
        return with_query(self.request, format="csv", page=None)

    @property
    def xlsx_url(self) -> str:
        return with_query(self.request, format="xlsx", page=None)

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What the address asks for, page aside: sent along with a choice of rows."""
        return [(key, value) for key, values in self.request.GET.lists() if key != "page" for value in values]

    @property
    def save_url(self) -> str:
        """Where these filters are given a name."""
        asked = {"address": with_query(self.request, page=None, format=None), "list": self.words}
        asked["address"] = self.request.path + asked["address"].removeprefix(self.request.path)
        return f"{reverse('pages:save-filter')}?{urlencode(asked)}"

    @cached_property
    def saved(self) -> list[SavedFilter]:
        """The filters that the person has saved for this list."""
        return list(SavedFilter.objects.of_person(self.request.user).at(self.request.path))

    @property
    def clear_url(self) -> str:
        sort = self.request.GET.get("sort")
        return f"?sort={sort}" if sort and self.register.column(sort.removeprefix("-")) else self.request.path

    @property
    def has_sensitive(self) -> bool:
        """Whether a record on this page is marked OFFICIAL-SENSITIVE."""
        model = self.queryset.model
        if getattr(model, "door", None) is None or marking_field(model) is None or "__" in marking_field(model):
            return False
        return any(is_sensitive(record) for record in self.records)


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _empty_last(name: str, model: type[Model]) -> str | OrderBy:
    """What is empty comes last in either direction: databases do not agree on where it stands."""
    path = name.removeprefix("-")
    if not _may_be_empty(path, model):
        return name
    return F(path).desc(nulls_last=True) if name.startswith("-") else F(path).asc(nulls_last=True)


def _may_be_empty(path: str, model: type[Model]) -> bool:
    """So may what is counted for the list, which is no field, and what stands behind a relation that may."""
    if path == "pk":
        return False
    for step in path.split(LOOKUP_SEP):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        model = field.related_model
    return False


def _cell(column: Column, record: Model) -> Cell:
    value = column.read(record)
    url = column.link_from(record)
    return Cell(column, value, "" if column.template else in_html(str(value) if url else value), url)
