from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import Agreement, AgreementVersion, Clause
from xgov.pages.forms import Option, PlainForm, RecordForm
from xgov.records.fields import Marking

MARKINGS = [
    (Marking.OFFICIAL, Option(Marking.OFFICIAL.label, _("Everyone with a role in the programme can read it."))),
    (
        Marking.OFFICIAL_SENSITIVE,
        Option(Marking.OFFICIAL_SENSITIVE.label, _("Only people with a further permission can read it.")),
    ),
]


class DraftForm(PlainForm):
    title = forms.CharField(
        label=_("Title"), max_length=200, initial=Agreement.Kind.MOU.label,
        help_text=_("It stands at the head of the text that is signed."),
    )  # fmt: skip
    marking = forms.ChoiceField(
        label=_("Marking"), choices=MARKINGS, initial=Marking.OFFICIAL, widget=forms.RadioSelect
    )


class AgreementForm(RecordForm):
    class Meta:
        model = Agreement
        fields = ["title", "review_on", "marking"]
        widgets = {"marking": forms.RadioSelect}
        help_texts = {
            "title": _("It can be changed until the first version is opened for signature."),
            "review_on": _("First within four months of coming into force, then once a year. A local default."),
        }


class ClauseForm(RecordForm):
    class Meta:
        model = Clause
        fields = ["heading", "text", "is_left_out"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        labels = {"is_left_out": _("Leave this clause out")}
        help_texts = {
            "text": _("An empty line begins a new paragraph. A line that begins with “- ” is part of a list."),
        }


class OpenForm(PlainForm):
    change_summary = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("In a sentence or two, for those who sign again.")
    )

    def __init__(self, *args: Any, version: AgreementVersion, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        older = version.starting_point
        if older is None or not is_asked:
            del self.fields["change_summary"]
            return
        words = _("What changed since version %(number)d?")
        self.fields["change_summary"].label = words % {"number": older.number}
        self.fields["change_summary"].initial = version.change_summary


class SignForm(PlainForm):
    """`sha256` is that of the text on the page: what is signed is what was read."""

    sha256 = forms.CharField(widget=forms.HiddenInput, label="SHA-256")
    post = forms.CharField(
        label=_("Post you hold"), max_length=200, help_text=_("For example, Director General, Regeneration")
    )
    confirmed = forms.BooleanField(
        label=_("I have read the whole text, I have the right to sign for my department, and I sign it"),
        error_messages={"required": _("Confirm that you have read the text and sign it")},
    )

    def show_text(self, version: AgreementVersion) -> None:
        """Another text is on the page now: it is the one to sign, and it has not been confirmed yet."""
        self.data = self.data.copy()
        self.data["sha256"] = version.sha256
        self.data.pop("confirmed", None)


class NewVersionForm(PlainForm):
    change_summary = forms.CharField(
        label=_("What will change, and why?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It can be changed until the new version is opened for signature."),
    )  # fmt: skip


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It is kept in the history.")
    )
