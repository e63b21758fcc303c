from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.accounts.models import Department
from xgov.pages.forms import DateField, PlainForm, RecordForm
from xgov.records.clock import today


class RenameForm(RecordForm):
    since = DateField(label=_("First day of the new name"), help_text=_("For example 9 7 2024"))
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=500,
        help_text=_("For example the written statement that announced it."),
    )  # fmt: skip

    class Meta:
        model = Department
        fields = ["name", "abbreviation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today


class CancelNameForm(PlainForm):
    reason = forms.CharField(
        label=_("Why is it cancelled?"), max_length=500,
        help_text=_("It is kept in the history, for example “A slip of the hand”."),
    )  # fmt: skip
