from django.utils.translation import gettext_lazy as _

from datasharing.choices import people_of
from datasharing.forms.sharing import MARKING_HELP, SharingForm, long_text
from datasharing.models import DataSharingPlan
from xgov.pages.forms import DateField, PlainForm


class PlanForm(SharingForm):
    class Meta:
        model = DataSharingPlan
        fields = ["purpose", "outcome_served", "minimum_dataset", "owner", "marking"]
        labels = {
            "purpose": _("Why must data be shared?"),
            "outcome_served": _("What does it do for the shared outcome?"),
            "minimum_dataset": _("What is the least data that will do?"),
        }
        help_texts = {
            "purpose": _(
                "For example “Nobody sees that somebody leaves prison without a home until they are on the street”."
            ),
            "outcome_served": _("What happens because of it that would not happen otherwise."),
            "minimum_dataset": _("The items, about whom, for which period, and what is left out on purpose."),
            "owner": _("One person who answers for the plan."),
            "marking": MARKING_HELP,
        }
        widgets = {"purpose": long_text(), "outcome_served": long_text(), "minimum_dataset": long_text(6)}

    def prepare(self) -> None:
        self.fields["owner"].queryset = people_of(self.programme)


class AgreePlanForm(PlainForm):
    review_on = DateField(label=_("Next review"))
