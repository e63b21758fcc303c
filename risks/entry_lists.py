"""The lists of issues, assumptions and dependencies: filters, columns, files."""

from typing import Any

from django import forms
from django.db.models import Model, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter, MultipleChoiceFilter

from programmes.models import Programme
from risks.filters import departments_in_sight
from risks.models import Assumption, Dependency, Issue, Risk
from risks.models.entries import Entry
from risks.querysets import EntryQuerySet
from xgov.pages.registers import Column, Register
from xgov.records.clock import today

CLOSED, EVERY = "CLOSED", "ALL"


class EntryFilters(FilterSet):
    status = ChoiceFilter(
        label=_("Status"), method="of_status", empty_label=_("Open"), widget=forms.RadioSelect,
        choices=[(CLOSED, _("Closed")), (EVERY, _("All"))],
    )  # fmt: skip
    only = MultipleChoiceFilter(
        label=_("Show only"), method="only_these", widget=forms.CheckboxSelectMultiple,
        choices=[("overdue", _("Overdue")), ("mine", _("Owned by me")), ("linked", _("Linked to a risk"))],
    )  # fmt: skip
    kept_by = ModelChoiceFilter(label=_("Kept by"), queryset=departments_in_sight, empty_label=_("All departments"))

    def filter_queryset(self, queryset: EntryQuerySet) -> EntryQuerySet:
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.open()

    def of_status(self, queryset: EntryQuerySet, name: str, value: str) -> EntryQuerySet:
        return queryset if value == EVERY else queryset.filter(closed_at__isnull=False)

    def only_these(self, queryset: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        if "overdue" in value:
            queryset = queryset.due_before(today())
        if "mine" in value:
            queryset = queryset.filter(owner=self.request.user)
        if "linked" in value:
            queryset = queryset.filter(risk__isnull=False)
        return queryset


class IssueFilters(EntryFilters):
    severity = MultipleChoiceFilter(
        label=_("Severity"), choices=list(reversed(Issue.Severity.choices)), widget=forms.CheckboxSelectMultiple
    )


class AssumptionFilters(EntryFilters):
    certainty = MultipleChoiceFilter(
        label=_("How sure"), choices=Assumption.Certainty.choices, widget=forms.CheckboxSelectMultiple
    )


class DependencyFilters(EntryFilters):
    direction = ChoiceFilter(label=_("Direction"), choices=Dependency.Direction.choices, empty_label=_("Both"))


_TITLE = Column("title", _("Title"), value=str, link=True, sort=("reference",))
_WHO = [
    Column("kept_by", _("Kept by"), value="kept_by.short_name", sort=("kept_by__name",)),
    Column("owner", _("Owner"), value="owner.name", sort=("owner__name",)),
]
_OUTCOME = Column("outcome", _("Status"), value="outcome_words")


def _due(kind: type[Entry]) -> Column:
    return Column("due", kind.due_words, sort=("due",), template="risks/cells/due.html")


def _answers(kind: type[Entry], *names: str) -> list[Column]:
    """The columns of a file: what a person said, under the words of the form."""
    found = []
    for name in names:
        field = kind._meta.get_field(name)
        value: Any = f"get_{name}_display" if field.choices else name
        found.append(Column(name, _titled(field.verbose_name), value=value))
    return found


def _titled(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def _file(kind: type[Entry], *names: str) -> list[Column]:
    return [
        Column("programme", _("Programme"), value="programme.reference"),
        Column("reference", _("Reference")),
        Column("title", _("Title")),
        *_answers(kind, *names),
        Column("kept_by", _("Kept by"), value="kept_by.name"),
        Column("owner", _("Owner"), value="owner.name"),
        Column("owner_email", _("Owner’s email address"), value="owner.email"),
        Column("due", kind.due_words),
        Column("risk", _("Risk"), value="risk_in_sight"),
        _OUTCOME,
        Column("closing_reason", _("Why it was closed")),
        Column("marking", _("Marking"), value="get_marking_display"),
    ]


def for_a_list(kind: type[Entry], programme: Programme, person: Model) -> EntryQuerySet:
    """What the person sees of it, each with `risk_in_sight`: the reference of its risk if they see that too."""
    risks = Risk.objects.visible_to(person).filter(pk=OuterRef("risk")).values("reference")
    entries = kind.objects.visible_to(person).filter(programme=programme).for_a_list()
    return entries.annotate(risk_in_sight=Subquery(risks[:1]))


def _register(kind: type[Entry], key: str, filters: type[EntryFilters], **more: Any) -> Register:
    return Register(key=key, filterset=filters, search_label=_("Search"), default_sort="due", **more)


ISSUES = _register(
    Issue, "issues", IssueFilters,
    columns=[
        _TITLE,
        Column("severity", _("Severity"), value="get_severity_display", sort=("severity",)),
        *_WHO, _due(Issue), _OUTCOME,
    ],
    search=("reference", "title", "what_happened", "effect", "plan"),
    file_columns=_file(Issue, "what_happened", "effect", "plan", "severity", "arose_on"),
    empty_title=_("No open issues"),
    empty_text=_("An issue has happened and needs more than routine work. A risk that happens becomes one."),
)  # fmt: skip
ASSUMPTIONS = _register(
    Assumption, "assumptions", AssumptionFilters,
    columns=[
        _TITLE,
        Column("certainty", _("How sure"), value="get_certainty_display", sort=("certainty",)),
        *_WHO, _due(Assumption), _OUTCOME,
    ],
    search=("reference", "title", "basis", "if_wrong"),
    file_columns=_file(Assumption, "basis", "if_wrong", "certainty"),
    empty_title=_("No open assumptions"),
    empty_text=_("Write down what the programme takes as true and does not know, and by when somebody looks into it."),
)  # fmt: skip
DEPENDENCIES = _register(
    Dependency, "dependencies", DependencyFilters,
    columns=[
        _TITLE,
        Column("direction", _("Direction"), value="get_direction_display", sort=("direction",)),
        Column("other", _("Other side"), value="other_words"),
        *_WHO, _due(Dependency), _OUTCOME,
    ],
    search=("reference", "title", "what", "if_late", "other_side", "other_department__name"),
    select_related=("other_department",),
    file_columns=_file(
        Dependency, "direction", "what", "other_department", "other_side", "if_late", "agreed_on"
    ),
    empty_title=_("No open dependencies"),
    empty_text=_("Write down what the programme needs from others, and they from it, and by when."),
)  # fmt: skip
