"""Search and filters: what the address asks for, in words, and how each is taken off again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_filters import DateFilter, FilterSet, ModelMultipleChoiceFilter
from django_filters.fields import ModelMultipleChoiceField

from xgov.access.roles import type_of_text
from xgov.pages.forms.dates import DateField
from xgov.pages.forms.several import OnlyRealNumbers
from xgov.pages.forms.wording import label_of, use_own_words
from xgov.pages.registers.declaring import Register
from xgov.pages.values import in_plain_words

SEARCH = "q"
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class AppliedFilter:
    """`Department: DWP`, and the address without it."""

    label: type_of_text
    value: str
    url: str


class DayFilter(DateFilter):
    """A date filter with three boxes: `DayFilter("due_on", lookup_expr="lte", label=_("Due by"))`."""

    field_class = DateField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "")
        super().__init__(*args, **kwargs)


class _SeveralRecords(OnlyRealNumbers, ModelMultipleChoiceField):
    pass


class SeveralRecordsFilter(ModelMultipleChoiceFilter):
    field_class = _SeveralRecords


class Filters:
    def __init__(self, request: HttpRequest, register: Register, queryset: QuerySet) -> None:
        self.request = request
        self.register = register
        self.unfiltered = queryset
        self.words = request.GET.get(SEARCH, "").strip()[:_LONGEST_SEARCH].replace("\0", "")
        self.filterset: FilterSet | None = None
        if register.filterset is not None:
            self.filterset = register.filterset(request.GET, queryset=queryset, request=request)

    @property
    def are_offered(self) -> bool:
        return self.filterset is not None or bool(self.register.search)

    @cached_property
    def queryset(self) -> QuerySet:
        """What is left. A filter whose value means nothing is left out, and `ignored` names it."""
        self.form  # noqa: B018 - its words are ours before it is cleaned
        queryset = self.filterset.qs if self.filterset is not None else self.unfiltered
        return queryset.filter(searching(self.register.search, self.words)) if self._searches else queryset

    @property
    def _searches(self) -> bool:
        return bool(self.register.search and self.words)

    @cached_property
    def form(self) -> forms.Form | None:
        if self.filterset is None:
            return None
        form = self.filterset.form
        for name, field in form.fields.items():
            use_own_words(field, label_of(field, name))
            _make_small(field.widget)
        return form

    @property
    def fields(self) -> list[forms.BoundField]:
        return self.form.visible_fields() if self.form is not None else []

    @property
    def ignored(self) -> list[str]:
        """The labels of filters whose value in the address means nothing."""
        if self.form is None:
            return []
        return [label_of(self.form.fields[name], name) for name in self.form.errors if name in self.form.fields]

    @cached_property
    def applied(self) -> list[AppliedFilter]:
        found = []
        if self._searches:
            found.append(AppliedFilter(_("Search"), self.words, self._without({SEARCH})))
        if self.form is None:
            return found
        self.queryset  # noqa: B018 - the form is cleaned
        for name, value in getattr(self.form, "cleaned_data", {}).items():
            found += self._of_field(name, value)
        return found

    def _of_field(self, name: str, value: Any) -> Iterator[AppliedFilter]:
        field, label = self.form.fields[name], label_of(self.form.fields[name], name)
        if isinstance(value, QuerySet | list | tuple):
            for item in value:
                key = str(item.pk if isinstance(item, Model) else item)
                yield AppliedFilter(label, _shown(field, item), self._without_one(name, key))
        elif isinstance(value, slice):
            if value.start is not None or value.stop is not None:
                yield AppliedFilter(label, _range(value), self._without(self._parameters(name)))
        elif value not in field.empty_values and value is not False:
            yield AppliedFilter(label, _shown(field, value), self._without(self._parameters(name)))

    def _parameters(self, name: str) -> set[str]:
        """A filter's parts in the address: `due`, or `due_day`, `due_month`, `due_year`."""
        others = set(self.form.fields) - {name}
        return {key for key in self.request.GET if key == name or (key.startswith(f"{name}_") and key not in others)}

    def _without(self, keys: set[str]) -> str:
        query = self.request.GET.copy()
        for key in (*keys, "page"):
            query.pop(key, None)
        return f"?{query.urlencode()}" if query else self.request.path

    def _without_one(self, name: str, value: str) -> str:
        query = self.request.GET.copy()
        query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
        query.pop("page", None)
        return f"?{query.urlencode()}" if query.urlencode() else self.request.path


def _make_small(widget: forms.Widget) -> None:
    """Radio buttons and checkboxes in the panel are GOV.UK's small ones."""
    if isinstance(widget, forms.CheckboxSelectMultiple):  # a kind of RadioSelect to Django
        widget.attrs.setdefault("class", "govuk-checkboxes--small")
    elif isinstance(widget, forms.RadioSelect):
        widget.attrs.setdefault("class", "govuk-radios--small")


def _shown(field: forms.Field, value: Any) -> str:
    if not isinstance(value, Model) and (choices := getattr(field, "choices", None)) is not None:
        for key, label in choices:
            pairs = label if isinstance(label, list | tuple) else [(key, label)]
            for one, words in pairs:
                if str(one) == str(value):
                    return str(words)
    return in_plain_words(value)


def _range(value: slice) -> str:
    if value.stop is None:
        return _("from %(start)s") % {"start": in_plain_words(value.start)}
    if value.start is None:
        return _("up to %(stop)s") % {"stop": in_plain_words(value.stop)}
    return _("%(start)s to %(stop)s") % {"start": in_plain_words(value.start), "stop": in_plain_words(value.stop)}


def searching(fields: Sequence[str], words: str) -> Q:
    """Every word is found in at least one of the fields."""
    found = Q()
    for word in words.split()[:8]:
        found &= reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))
    return found
