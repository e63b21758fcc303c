"""The decision log of a programme as a list."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter, MultipleChoiceFilter

from governance.exports import DECISION_FILE_COLUMNS
from governance.models import Board, Decision, DecisionPosition
from xgov.pages.registers import Column, DayFilter, Register


def _boards(request: HttpRequest) -> QuerySet:
    programme = request.resolver_match.kwargs.get("reference")
    return Board.objects.visible_to(request.user).filter(programme__reference=programme)


class DecisionFilters(FilterSet):
    status = MultipleChoiceFilter(
        label=_("Status"), choices=Decision.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    board = ModelChoiceFilter(label=_("Board"), empty_label=_("Any"), queryset=_boards)
    stance = ChoiceFilter(
        label=_("A department"), empty_label=_("Any"), choices=DecisionPosition.Stance.choices, method="with_stance"
    )
    decided_from = DayFilter("decided_on", lookup_expr="gte", label=_("Decided from"))
    decided_to = DayFilter("decided_on", lookup_expr="lte", label=_("Decided up to"))

    class Meta:
        model = Decision
        fields: list[str] = []

    def with_stance(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        positions = DecisionPosition.objects.filter(decision=OuterRef("pk"), stance=value)
        return queryset.filter(Exists(positions))


DECISIONS = Register(
    key="decisions",
    columns=[
        Column("reference", _("Decision"), link=True, sort=("reference",)),
        Column("question", _("Question and answer"), template="governance/decisions/question_cell.html"),
        Column("status", _("Status"), template="governance/decisions/status_cell.html", sort=("status",)),
        Column("forum", _("Who decides")),
        Column("day", _("Decided or needed by"), template="governance/decisions/day_cell.html", sort=("decided_on",)),
    ],
    search=("reference", "question", "decision", "rationale"),
    filterset=DecisionFilters,
    default_sort="-reference",
    select_related=("programme", "board", "decided_by", "chosen", "supersedes"),
    prefetch_related=(
        "positions__department",
        "positions__recorded_by",
        "positions__noted_from",
    ),
    file_columns=DECISION_FILE_COLUMNS,
    caption=_("Decisions, newest first"),
    empty_title=_("No decision yet"),
    empty_text=_("Write down what has to be decided, with the options and what each would cost."),
)
