"""Closing a risk, and whatever needs no more than a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms import Option, PlainForm


class CloseForm(PlainForm):
    has_happened = forms.TypedChoiceField(
        label=_("What has become of it?"), widget=forms.RadioSelect, coerce=lambda text: text == "yes",
        choices=[
            ("no", Option(_("It can no longer happen, or no longer matters"))),
            ("yes", Option(_("It has happened"), _("It stays on the record as a risk that came true."))),
        ],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
