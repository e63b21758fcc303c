"""What a person may say of an issue, an assumption or a dependency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks.actions.entries import NAME_THE_OTHER_SIDE
from risks.forms.marking import offer_marking
from risks.forms.people import choose_the_only_one, keepers, owners
from risks.models import Assumption, Dependency, Issue, Risk
from risks.models.entries import Entry
from xgov.accounts.models import Department, User
from xgov.pages.forms import PlainForm, RecordForm


class EntryForm(RecordForm):
    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        present = entry if entry.pk else None
        self.fields["owner"] = owners(entry.programme, present and present.owner)
        self.fields["kept_by"] = keepers(
            person, entry.programme, _("Department that keeps it"), present and present.kept_by
        )
        choose_the_only_one(self, "kept_by")
        risks = Risk.objects.visible_to(person).filter(programme=entry.programme).order_by("reference")
        self.fields["risk"].queryset = risks.only("reference", "title", "programme")
        self.fields["risk"].empty_label = _("None")
        self.fields["due"].label = type(entry).due_words
        offer_marking(self, person)
        self._mind_manners()


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class IssueForm(EntryForm):
    class Meta:
        model = Issue
        fields = [
            "title", "what_happened", "effect", "severity", "arose_on", "plan", "owner", "kept_by", "due", "risk",
            "marking",
        ]  # fmt: skip
        labels = {"risk": _("Risk that it comes from"), "arose_on": _("Arose on")}
        help_texts = {
            "title": _("In a few words, for example “Two shelters closed in October”."),
            "plan": _("Leave it empty while it is not known."),
        }
        widgets = {
            "what_happened": _area(), "effect": _area(), "plan": _area(), "severity": forms.RadioSelect,
            "marking": forms.RadioSelect,
        }  # fmt: skip


class AssumptionForm(EntryForm):
    class Meta:
        model = Assumption
        fields = ["title", "basis", "certainty", "if_wrong", "owner", "kept_by", "due", "risk", "marking"]
        labels = {"title": _("What is taken as true"), "risk": _("Risk if it is wrong")}
        help_texts = {"title": _("One sentence, for example “Councils renew their contracts in spring.”")}
        widgets = {
            "basis": _area(), "if_wrong": _area(), "certainty": forms.RadioSelect, "marking": forms.RadioSelect,
        }  # fmt: skip


class DependencyForm(EntryForm):
    class Meta:
        model = Dependency
        fields = [
            "title", "direction", "what", "other_department", "other_side", "if_late", "agreed_on", "owner", "kept_by",
            "due", "risk", "marking",
        ]  # fmt: skip
        labels = {"risk": _("Risk if it is late"), "other_side": _("Or who else"), "agreed_on": _("Agreed on")}
        help_texts = {
            "title": _("In a few words, for example “Release dates from prisons”."),
            "other_side": _("A programme, a council, a supplier, for example “Greater Example Combined Authority”."),
            "agreed_on": _("Leave it empty while the other side has not agreed."),
        }
        widgets = {
            "what": _area(), "if_late": _area(), "direction": forms.RadioSelect, "marking": forms.RadioSelect,
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_department"].queryset = Department.objects.open().order_by("name")
        self.fields["other_department"].empty_label = _("None of these")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sides = ("other_department", "other_side")
        if not any(cleaned.get(side) or side in self.errors for side in sides):
            self.add_error("other_department", NAME_THE_OTHER_SIDE)
        return cleaned


class CloseEntryForm(PlainForm):
    outcome = forms.ChoiceField(label=_("What has become of it?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, kind: type[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = kind.Outcome.choices
