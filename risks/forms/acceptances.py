from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks.models import Risk
from xgov.pages.forms import DateField, PlainForm


class AcceptForm(PlainForm):
    why = forms.CharField(
        label=_("Why it is carried as it is"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=_("For example “What more could be done costs more than what could happen.”"),
    )  # fmt: skip
    up_to_score = forms.IntegerField(
        label=_("Up to a residual score of"), help_text=_("Once the risk scores higher, the acceptance ends."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    expires_on = DateField(label=_("Last day"), help_text=_("A year from now at most: a local default."))
    conditions = forms.CharField(
        label=_("Conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=_("What must stay so, for example “While the night shelters have free beds.”"),
    )  # fmt: skip

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"up_to_score": risk.residual_score})
        super().__init__(*args, **kwargs)
