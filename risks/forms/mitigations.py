from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks.forms.people import choose_the_only_one, keepers, owners
from risks.models import Mitigation
from xgov.accounts.models import User
from xgov.pages.forms import DateField, PlainForm, RecordForm


class MitigationForm(RecordForm):
    class Meta:
        model = Mitigation
        fields = ["text", "owner", "department", "due"]
        labels = {"text": _("What will be done")}
        help_texts = {"text": _("One action, for example “Sign contracts with the last two councils.”")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mitigation = self.instance
        present = mitigation if mitigation.pk else None
        self.fields["owner"] = owners(mitigation.programme, present and present.owner)
        self.fields["department"] = keepers(
            person, mitigation.programme, _("Department that does it"), present and present.department
        )
        choose_the_only_one(self, "department")
        self._mind_manners()


class FinishForm(PlainForm):
    done_on = DateField(label=_("Done on"))
    reason = forms.CharField(
        label=_("What came of it"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If it changed the risk, score the risk again afterwards."),
    )  # fmt: skip
