"""The list of programmes: its columns, search and filters."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet, ModelChoiceFilter, MultipleChoiceFilter

from programmes.exports import PROGRAMME_COLUMNS
from programmes.models import ConfidenceRating, Party, Programme
from xgov.accounts.models import Department, Membership
from xgov.pages.registers import Column, Register

NOT_RATED = "NONE"


def _departments(request: Any) -> QuerySet[Department]:
    """Those that are in a programme which the person may see: the filter must not name any other."""
    parties = Party.objects.visible_to(request.user).accepted()
    return Department.objects.filter(pk__in=parties.values("department_id"))


class ProgrammeFilters(FilterSet):
    department = ModelChoiceFilter(
        label=_("Department"), queryset=_departments, method="of_department", empty_label=_("All departments")
    )
    part = MultipleChoiceFilter(
        label=_("Part it plays"),
        choices=[("LEAD", _("Leads")), ("PARTNER", _("Takes part"))],
        method="of_part",
        widget=forms.CheckboxSelectMultiple,
    )
    status = MultipleChoiceFilter(
        label=_("Status"), choices=Programme.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    confidence = MultipleChoiceFilter(
        label=_("Delivery confidence"), choices=ConfidenceRating.Rating.choices, widget=forms.CheckboxSelectMultiple
    )
    tier = MultipleChoiceFilter(label=_("Tier"), choices=Programme.Tier.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Programme
        fields: list[str] = []

    def of_department(self, programmes: QuerySet, name: str, department: Department) -> QuerySet:
        return self._playing(programmes, [department.pk])

    def of_part(self, programmes: QuerySet, name: str, parts: list[str]) -> QuerySet:
        """The part of the department that is chosen; of the person's own ones when none is."""
        if not parts or self.form.cleaned_data.get("department"):
            return programmes
        own = Membership.objects.current().filter(person=self.request.user)
        return self._playing(programmes, own.values("department"))

    def _playing(self, programmes: QuerySet, departments: Any) -> QuerySet:
        parts = self.form.cleaned_data.get("part") or []
        roles = {"LEAD": ["LEAD"], "PARTNER": [role for role in Party.Role.values if role != "LEAD"]}
        wanted = [role for part in parts for role in roles[part]] or Party.Role.values
        parties = Party.objects.accepted().filter(department__in=departments, role__in=wanted)
        return programmes.filter(pk__in=parties.values("programme_id"))


PROGRAMMES = Register(
    key="programmes",
    columns=[
        Column("name", _("Programme"), link=True, sort=("name",)),
        Column("reference", _("Reference"), sort=("reference",)),
        Column("lead_name", _("Lead department"), sort=("lead_name",)),
        Column("status", _("Status"), sort=("status",), template="programmes/cells/status.html"),
        Column(
            "confidence", _("Delivery confidence"), sort=("confidence",), template="programmes/cells/confidence.html"
        ),
        Column("tier", _("Tier"), sort=("tier",), value="get_tier_display"),
        Column(
            "whole_life_cost",
            _("Whole-life cost"),
            sort=("whole_life_cost",),
            value="whole_life_cost_figure",
            template="programmes/cells/cost.html",
            numeric=True,
        ),
    ],
    filterset=ProgrammeFilters,
    search=("reference", "name", "outcome", "summary"),
    search_label=_("Search by name, reference or outcome"),
    default_sort="name",
    file_columns=PROGRAMME_COLUMNS,
    caption=_("Programmes"),
    empty_title=_("No programmes yet"),
    empty_text=_("Programmes that your department leads or has joined, or in which you hold a role, appear here."),
)
