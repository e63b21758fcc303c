from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.actions.statuses import NEXT
from programmes.models import Programme
from xgov.pages.forms import Option, RecordForm

MEANS = {
    "SCREENING": _("Whether it needs more than one department is being looked at."),
    "SETTING_UP": _("Outcome, people, money and agreements are being settled."),
    "DELIVERING": _("All six readiness questions are clear, or the SRO goes ahead with a reason."),
    "PAUSED": _("Work stops for now."),
    "CLOSING": _("Work is being handed over."),
    "CLOSED": _("It is over. Its record is kept as it is and can no longer be changed."),
    "CANCELLED": _("It stops before its end. Its record is kept as it is and can no longer be changed."),
}


class StatusForm(RecordForm):
    status = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to pause, close or cancel."),
    )  # fmt: skip
    override = forms.CharField(
        label=_("Why delivery starts before all six questions are clear"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the SRO can decide this. The reason appears in the next board pack."),
    )

    when_empty: ClassVar = {"reason": _("Not given")}

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Programme.Status.choices)
        following = NEXT[self.instance.status]
        self.fields["status"].choices = [(key, Option(labels[key], MEANS.get(key, ""))) for key in following]
        if not may_override or Programme.Status.DELIVERING not in following:
            del self.fields["override"]

    @property
    def not_checked(self) -> set[str]:
        """Only delivery can start before its time."""
        return set() if self.cleaned_data.get("override") else {"override"}
