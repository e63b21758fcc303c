"""The filters of the register, and the lists they stand beside."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter, MultipleChoiceFilter

from programmes.models import Party, Programme
from risks import categories, scales, timing
from risks.escalation_levels import LEVEL_CHOICES, TRIGGER_CHOICES
from risks.models import Escalation, Risk
from risks.querysets import EscalationQuerySet, RiskQuerySet
from risks.scoring import BANDS, MOST_LEVELS
from xgov.accounts.models import Department, User

EVERY_STATUS = "ALL"
_CELLS = [
    (f"{likelihood}x{impact}", format_lazy(_("likelihood {}, impact {}"), likelihood, impact))
    for likelihood in range(1, MOST_LEVELS + 1)
    for impact in range(1, MOST_LEVELS + 1)
]


def departments_in_sight(request: HttpRequest) -> QuerySet[Department]:
    """The departments of the programmes that the person may see."""
    joined = Party.objects.accepted().filter(programme__in=Programme.objects.visible_to(request.user))
    return Department.objects.filter(Exists(joined.filter(department=OuterRef("pk")))).only("name")


class CellFilter(ChoiceFilter):
    """One cell of the heat map, as `4x5`. It comes by a link, so the panel carries it along unseen."""

    def __init__(self, assessment: str, label: Any) -> None:
        self.assessment = assessment
        super().__init__(label=label, choices=_CELLS, widget=forms.HiddenInput)

    def filter(self, queryset: RiskQuerySet, value: str) -> RiskQuerySet:
        if not value:
            return queryset
        likelihood, impact = value.split("x")
        return queryset.filter(**{f"{self.assessment}_likelihood": likelihood, f"{self.assessment}_impact": impact})


class EscalationFilters(FilterSet):
    state = ChoiceFilter(
        label=_("State"), method="of_state", empty_label=_("Not over"), widget=forms.RadioSelect,
        choices=[("WAITING", _("Waiting for an answer")), ("LATE", _("Answer late")), ("ANSWERED", _("Answered")),
                 ("OVER", _("Returned or ended")), (EVERY_STATUS, _("All"))],
    )  # fmt: skip
    to_level = ChoiceFilter(label=_("To"), choices=LEVEL_CHOICES, empty_label=_("All levels"))
    trigger = ChoiceFilter(label=_("Because of"), choices=TRIGGER_CHOICES, empty_label=_("All reasons"))

    class Meta:
        model = Escalation
        fields: list[str] = []

    def filter_queryset(self, queryset: EscalationQuerySet) -> EscalationQuerySet:
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("state") else queryset.live()

    def of_state(self, queryset: EscalationQuerySet, name: str, value: str) -> EscalationQuerySet:
        if value == "WAITING":
            return queryset.waiting()
        if value == "LATE":
            return queryset.late()
        if value == "OVER":
            return queryset.filter(state__in=Escalation.OVER)
        return queryset if value == EVERY_STATUS else queryset.filter(state=value)


# What each of the boxes of "Show only" leaves in the list.
ONLY: dict[str, Callable[[RiskQuerySet, User], RiskQuerySet]] = {
    "above": lambda risks, person: risks.above_appetite(),
    "tolerance": lambda risks, person: risks.above_tolerance(),
    "escalated": lambda risks, person: risks.escalated(),
    "overdue": lambda risks, person: risks.overdue_review(),
    "late": lambda risks, person: risks.with_late_mitigations(),
    "accepted": lambda risks, person: risks.accepted(),
    "left": lambda risks, person: risks.whose_owner_has_left(),
    "left_undone": lambda risks, person: risks.left_by_who_acts(),
    "unfunded": lambda risks, person: risks.filter(needs_funding=True),
    "mine": lambda risks, person: risks.filter(owner=person),
    "score_again": lambda risks, person: risks.on_another_scale(),
    "to_score": lambda risks, person: risks.to_be_scored(),
}


class RiskFilters(FilterSet):
    status = ChoiceFilter(
        label=_("Status"), method="of_status", empty_label=_("Open and draft"), widget=forms.RadioSelect,
        choices=[*Risk.Status.choices, (EVERY_STATUS, _("All"))],
    )  # fmt: skip
    only = MultipleChoiceFilter(
        label=_("Show only"), method="only_these", widget=forms.CheckboxSelectMultiple,
        choices=[
            ("above", _("Above appetite")),
            ("tolerance", _("Above tolerance")),
            ("escalated", _("Escalated")),
            ("overdue", _("Review overdue")),
            ("late", _("Mitigation late")),
            ("accepted", _("Accepted as it is")),
            ("left", _("Owner has left")),
            ("left_undone", _("Somebody who acts on it has left")),
            ("unfunded", _("Not funded")),
            ("to_score", _("To be scored")),
            ("mine", _("Owned by me")),
            ("score_again", _("Scored on an old scale")),
        ],
    )  # fmt: skip
    band = MultipleChoiceFilter(
        label=_("Residual score"), method="in_bands", widget=forms.CheckboxSelectMultiple,
        choices=[(key, band.label) for key, band in reversed(BANDS.items())],
    )  # fmt: skip
    category = ChoiceFilter(label=_("Category"), choices=categories.CHOICES, empty_label=_("All categories"))
    kept_by = ModelChoiceFilter(label=_("Kept by"), queryset=departments_in_sight, empty_label=_("All departments"))
    affects = ModelChoiceFilter(
        label=_("Bears on"), queryset=departments_in_sight, empty_label=_("All departments"), method="bearing_on"
    )
    proximity = MultipleChoiceFilter(
        label=_("How soon it may happen"), choices=timing.PROXIMITY_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    velocity = MultipleChoiceFilter(
        label=_("How fast it would be felt"), choices=timing.VELOCITY_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    owner = CharFilter(label=_("Owner’s name"), field_name="owner__name", lookup_expr="icontains")
    inherent = CellFilter("inherent", _("Inherent score"))
    residual = CellFilter("residual", _("Residual score"))
    scale = ChoiceFilter(label=_("Scale"), choices=scales.CHOICES, widget=forms.HiddenInput)
    target = CellFilter("target", _("Target score"))

    class Meta:
        model = Risk
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.form.fields
        departments = SimpleLazyObject(lambda: list(iter(fields["kept_by"].choices)))  # one question for both
        for name in ("kept_by", "affects"):
            fields[name].widget.choices = departments

    def filter_queryset(self, queryset: RiskQuerySet) -> RiskQuerySet:
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.live()

    def of_status(self, queryset: RiskQuerySet, name: str, value: str) -> RiskQuerySet:
        return queryset if value == EVERY_STATUS else queryset.filter(status=value)

    def only_these(self, queryset: RiskQuerySet, name: str, value: list[str]) -> RiskQuerySet:
        """Risks to which every one of the things ticked applies."""
        for key in value:
            queryset = ONLY[key](queryset, self.request.user)
        return queryset

    def bearing_on(self, queryset: RiskQuerySet, name: str, value: Department) -> RiskQuerySet:
        return queryset.touching(value)

    def in_bands(self, queryset: RiskQuerySet, name: str, value: list[str]) -> RiskQuerySet:
        return queryset.in_bands(value)
