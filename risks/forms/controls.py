from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks import assurance
from risks.forms.people import choose_the_only_one, keepers, owners
from risks.models import Control
from xgov.accounts.models import User
from xgov.pages.forms import DateField, Option, PlainForm, RecordForm


class ControlForm(RecordForm):
    class Meta:
        model = Control
        fields = ["text", "type", "line", "owner", "department"]
        labels = {"text": _("What is in place"), "type": _("Type"), "line": _("Line of assurance")}
        help_texts = {"text": _("One thing that is already done, for example “Free beds are counted each evening.”")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "type": forms.RadioSelect, "line": forms.RadioSelect}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        control = self.instance
        present = control if control.pk else None
        self.fields["type"].choices = [(each.code, Option(each.label, each.meaning)) for each in assurance.TYPES]
        self.fields["line"].choices = [(line.code, Option(line.label, line.meaning)) for line in assurance.LINES]
        self.fields["owner"] = owners(control.programme, present and present.owner)
        self.fields["department"] = keepers(
            person, control.programme, _("Department that runs it"), present and present.department
        )
        choose_the_only_one(self, "department")
        self._mind_manners()


class CheckForm(PlainForm):
    effectiveness = forms.ChoiceField(
        label=_("How well it works"), widget=forms.RadioSelect,
        choices=[
            (each.code, Option(each.label, each.meaning))
            for each in assurance.EFFECTIVENESS
            if each.code != assurance.NOT_CHECKED
        ],
    )  # fmt: skip
    checked_by = forms.CharField(
        label=_("Who looked"),
        max_length=200,
        help_text=_("A person, a team or a review, for example “Internal audit”."),
    )
    checked_on = DateField(label=_("Looked at on"))
    reason = forms.CharField(label=_("What was found"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
