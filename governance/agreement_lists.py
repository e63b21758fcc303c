"""The list of a programme's agreements."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from governance.exports import AGREEMENT_FILE_COLUMNS
from governance.models import Agreement
from xgov.pages.registers import Column, Register


class AgreementFilters(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), empty_label=_("Any"), choices=Agreement.Kind.choices)
    status = ChoiceFilter(label=_("Status"), empty_label=_("Any"), choices=Agreement.Status.choices, method="of_status")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def of_status(self, queryset: "Agreement.objects", name: str, value: str) -> "Agreement.objects":
        return queryset.of_status(value)


AGREEMENTS = Register(
    key="agreements",
    columns=[
        Column("reference", _("Agreement"), link=True, sort=("reference",)),
        Column("title", _("Title"), sort=("title",)),
        Column("status", _("Status"), template="governance/agreements/status_cell.html"),
        Column("version", _("Version"), value="current.number", numeric=True),
        Column("waited_for", _("Waits for"), template="governance/agreements/waits_cell.html", value=""),
        Column("review_on", _("Next review"), sort=("review_on",)),
    ],
    search=("reference", "title"),
    filterset=AgreementFilters,
    default_sort="reference",
    select_related=("programme",),
    file_columns=AGREEMENT_FILE_COLUMNS,
    empty_title=_("No agreement yet"),
    empty_text=_("A short memorandum of understanding says what the departments want, who does what and who decides."),
)
