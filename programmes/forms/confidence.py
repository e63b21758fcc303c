from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import ConfidenceRating
from xgov.pages.forms import DateField, Option, PlainForm

_R = ConfidenceRating.Rating


class RatingForm(PlainForm):
    kind = forms.ChoiceField(label=_("Whose assessment is it?"), widget=forms.RadioSelect)
    rating = forms.ChoiceField(
        label=_("How confident?"),
        widget=forms.RadioSelect,
        choices=[
            (_R.GREEN, Option(_R.GREEN.label, _("Delivery looks highly likely. Nothing open seriously threatens it."))),
            (_R.AMBER, Option(_R.AMBER.label, _("Feasible, with significant issues that need attention now."))),
            (
                _R.RED,
                Option(_R.RED.label, _("Looks out of reach as it stands: scope, plan or purpose must be looked at.")),
            ),
        ],
    )
    narrative = forms.CharField(
        label=_("Why, and what is being done"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Needed for amber and red. Boards read this first."),
    )
    rater = forms.CharField(
        label=_("Who made the independent assessment"),
        required=False,
        max_length=200,
        help_text=_("The body or reviewer, for example NISTA."),
    )
    rated_on = DateField(label=_("Day of the assessment"), required=False, help_text=_("Leave empty for today."))

    when_empty: ClassVar = {"narrative": _("Not given"), "rated_on": _("Today")}

    def __init__(self, *args: Any, is_sro: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (
            ConfidenceRating.Kind.choices
            if is_sro
            else [(k, w) for k, w in ConfidenceRating.Kind.choices if k != "SRO"]
        )
        self.fields["kind"].choices = kinds
        self.fields["kind"].initial = kinds[0][0]

    @property
    def not_checked(self) -> set[str]:
        """Only an independent assessment is somebody else's."""
        return set() if self.cleaned_data["kind"] == ConfidenceRating.Kind.INDEPENDENT else {"rater"}
