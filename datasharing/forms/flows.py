from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasharing.choices import assessments_of, datasets_in_use, departments_taking_part
from datasharing.forms.sharing import SharingForm, long_text
from datasharing.models import DataFlow
from xgov.pages.forms import DateField, PlainForm


class FlowForm(SharingForm):
    sections = (
        (_("What moves"), ("dataset", "from_department", "to_department")),
        (_("What for"), ("purpose", "use_limits")),
        (_("How"), ("method", "method_detail")),
        (_("Impact assessment"), ("assessment",)),
        (_("How long it is kept"), ("retention_months", "retention_trigger", "retention_action")),
    )

    class Meta:
        model = DataFlow
        fields = [
            "dataset", "from_department", "to_department", "purpose", "use_limits", "method", "method_detail",
            "assessment", "retention_months", "retention_trigger", "retention_action",
        ]  # fmt: skip
        labels = {
            "from_department": _("From which department"),
            "to_department": _("To which department"),
            "purpose": _("What the receiving department uses it for"),
            "use_limits": _("What it must not be used for"),
            "method_detail": _("More about how it moves"),
            "assessment": _("Data protection impact assessment (DPIA)"),
            "retention_months": _("How many months it is kept"),
            "retention_trigger": _("From when the months count"),
            "retention_action": _("What happens to it then"),
        }
        help_texts = {
            "purpose": _("One purpose. Another purpose is another flow."),
            "use_limits": _("For example “No decision about a person’s benefit is taken from it”."),
            "retention_months": _("Enter 0 if it is not kept at all. Give all three answers, or none of them yet."),
            "assessment": _("Needed before personal data moves."),
        }
        widgets = {
            "purpose": long_text(),
            "use_limits": long_text(3),
            "method": forms.RadioSelect,
            "retention_months": forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        }

    def prepare(self) -> None:
        taking_part = departments_taking_part(self.programme)
        datasets = datasets_in_use(self.user, self.programme)
        if self.instance.pk is not None:
            datasets |= type(self.instance.dataset).objects.filter(pk=self.instance.dataset_id)
        self.fields["dataset"].queryset = datasets
        self.fields["from_department"].queryset = taking_part
        self.fields["to_department"].queryset = taking_part
        self.fields["assessment"].queryset = assessments_of(self.user, self.programme)


class GoLiveForm(PlainForm):
    """Asks when data first moved, unless it has before: resuming after a pause asks nothing."""

    first_transfer_on = DateField(
        label=_("Day of the first transfer"), help_text=_("Today or in the past, and not before the DPIA was decided."),
        error_messages={"required": _("Enter the day of the first transfer")},
    )  # fmt: skip

    def __init__(self, *args: Any, flow: DataFlow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if flow.live_since is not None:
            del self.fields["first_transfer_on"]
