"""The list of a programme's datasets."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, MultipleChoiceFilter

from datasharing.choices import departments_taking_part
from datasharing.exports import DATASET_FILE_COLUMNS
from datasharing.models import Dataset, QualityCheck
from datasharing.querysets import DatasetQuerySet
from datasharing.refresh_cycles import CYCLES
from datasharing.tags import refresh_tag
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.pages.registers import Column, DayFilter, Register, SeveralRecordsFilter
from xgov.records.clock import today


def _taking_part(request: object) -> object:
    programme: Programme | None = getattr(request, "programme", None)
    return departments_taking_part(programme) if programme else Department.objects.none()


class DatasetFilters(FilterSet):
    refresh = ChoiceFilter(
        label=_("Refresh"), method="by_refresh", empty_label=_("All in use"), widget=forms.RadioSelect,
        choices=[("late", _("Late")), ("due", _("Due by today")), ("withdrawn", _("Withdrawn"))],
    )  # fmt: skip
    kept_by = SeveralRecordsFilter(label=_("Provided by"), queryset=_taking_part, widget=forms.CheckboxSelectMultiple)
    personal_data = MultipleChoiceFilter(
        label=_("Personal data"), choices=Dataset.PersonalData.choices, widget=forms.CheckboxSelectMultiple
    )
    refresh_cycle = ChoiceFilter(
        label=_("Refreshed"), empty_label=_("Any"), choices=[(cycle.code, cycle.label) for cycle in CYCLES]
    )
    quality = ChoiceFilter(
        label=_("Quality"), method="by_quality", empty_label=_("Any"), choices=[("below", _("Below target"))]
    )
    due_by = DayFilter("next_due_on", lookup_expr="lte", label=_("Next due by"))

    class Meta:
        model = Dataset
        fields: list[str] = []

    def filter_queryset(self, queryset: DatasetQuerySet) -> DatasetQuerySet:
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("refresh") == "withdrawn" else queryset.in_use()

    def by_refresh(self, queryset: DatasetQuerySet, name: str, value: str) -> DatasetQuerySet:
        if value == "late":
            return queryset.late()
        if value == "due":
            return queryset.filter(next_due_on__lte=today())
        return queryset.filter(withdrawn_on__isnull=False)

    def by_quality(self, queryset: DatasetQuerySet, name: str, value: str) -> DatasetQuerySet:
        return queryset.filter(pk__in=QualityCheck.objects.below_target().values("dataset"))


DATASETS = Register(
    key="datasets",
    columns=[
        Column("name", _("Dataset"), value="__str__", link=True, sort=("reference",)),
        Column("kept_by", _("Provided by"), value="kept_by.short_name", sort=("kept_by__name",)),
        Column("personal_data", _("Personal data"), value="get_personal_data_display", sort=("personal_data",)),
        Column("refresh_cycle", _("Refreshed"), value="get_refresh_cycle_display"),
        Column("last_received_on", _("Last received"), sort=("last_received_on",)),
        Column("next_due_on", _("Next due"), sort=("next_due_on",)),
        Column("state", _("State"), value=refresh_tag, template="datasharing/cells/tag.html", sort=("late_from",)),
    ],
    file_columns=DATASET_FILE_COLUMNS,
    search=("reference", "name", "description", "information_asset_owner"),
    search_label=_("Search datasets"),
    filterset=DatasetFilters,
    default_sort="next_due_on",
    select_related=("kept_by", "programme"),
    empty_title=_("No datasets yet"),
    empty_text=_("Start with the least data that the shared outcome needs, and who provides it."),
)
