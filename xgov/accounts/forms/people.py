from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.accounts.addresses import domain_of, is_usual_for
from xgov.accounts.models import Department
from xgov.pages.forms import PlainForm


class AddPersonForm(PlainForm):
    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(
        label=_("Work email address"), max_length=254,
        help_text=_("They sign in with it, and a link to set their password is sent there."),
    )  # fmt: skip
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    address_confirmed = forms.BooleanField(
        label=_("The address is right, although nobody of the department has one like it"), required=False
    )

    def __init__(self, department: Department, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get("email", "")) if self.is_bound else ""
        if "@" not in typed or is_usual_for(department, domain_of(typed)):
            del self.fields["address_confirmed"]  # asked only where the address is unusual


class StopForm(PlainForm):
    reason = forms.CharField(
        label=_("Why may this person no longer sign in?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history, for example “Left the civil service on 20 November”."),
    )  # fmt: skip


class LetInForm(PlainForm):
    reason = forms.CharField(
        label=_("Why may this person sign in again?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
