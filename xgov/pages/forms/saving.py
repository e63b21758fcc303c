from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms.plain import PlainForm


class SaveFilterForm(PlainForm):
    name = forms.CharField(
        label=_("What will you call it?"), max_length=60,
        help_text=_(
            "For example “Ours, review overdue”. Under a name that you use for this list already, these filters take "
            "the place of the old ones."
        ),
    )  # fmt: skip
    address = forms.CharField(widget=forms.HiddenInput, max_length=1900)
    list = forms.CharField(widget=forms.HiddenInput, max_length=250, required=False)

    @property
    def answers(self) -> dict[str, str]:
        given = super().answers
        return {"name": given["name"], "address": given["address"], "list_words": given["list"]}
