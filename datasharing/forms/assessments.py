from django import forms
from django.utils.translation import gettext_lazy as _

from datasharing.choices import departments_to_keep_for
from datasharing.forms.sharing import MARKING_HELP, SharingForm, long_text
from datasharing.models import Assessment


class AssessmentForm(SharingForm):
    sections = (
        (_("The assessment"), ("title", "kept_by", "started_on", "kept_at", "marking")),
        (
            _("Where it stands"),
            (
                "state", "high_risk_remains", "regulator_answer", "reviewer", "decided_on", "decision_reason",
                "review_on",
            ),
        ),
    )  # fmt: skip

    class Meta:
        model = Assessment
        fields = [
            "title", "kept_by", "started_on", "kept_at", "marking", "state", "high_risk_remains", "regulator_answer",
            "reviewer", "decided_on", "decision_reason", "review_on",
        ]  # fmt: skip
        labels = {
            "kept_by": _("Department that keeps it"),
            "reviewer": _("Data protection officer or reviewer who decided"),
            "decision_reason": _("Reason for the decision"),
            "high_risk_remains": _("A high risk remains after all measures"),
        }
        help_texts = {
            "title": _("One assessment may cover several similar flows."),
            "kept_at": _("A reference or an address in your own department."),
            "state": _("Joining personal data across departments counts as matching, which nearly always needs one."),
            "high_risk_remains": _("Then the Information Commissioner must be consulted before it is approved."),
            "regulator_answer": _("Only where the Commissioner was consulted."),
            "decision_reason": _(
                "Needed where it is rejected, and where no assessment is made: why the screening showed no likely "
                "high risk."
            ),
            "marking": MARKING_HELP,
        }
        widgets = {
            "state": forms.RadioSelect,
            "regulator_answer": long_text(3),
            "decision_reason": long_text(3),
        }

    def prepare(self) -> None:
        mine = departments_to_keep_for(self.user, self.programme)
        self.fields["kept_by"].queryset = mine
        if self.instance.pk is None and len(mine) == 1:
            self.fields["kept_by"].initial = mine[0]
