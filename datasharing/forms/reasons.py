from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text
from xgov.pages.forms import PlainForm


class ReasonForm(PlainForm):
    """Why: asked before something stops or no longer counts."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, label: type_of_text = "", hint: type_of_text = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint
