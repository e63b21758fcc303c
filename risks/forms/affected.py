from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models import Risk
from risks.standing import departments_in
from xgov.accounts.models import Department, User
from xgov.pages.forms import PlainForm, SeveralRecordsField


class DepartmentsField(SeveralRecordsField):
    def label_from_instance(self, department: Department) -> str:
        return department.name


class AffectedForm(PlainForm):
    departments = DepartmentsField(
        None, label=_("Departments that would feel it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Besides the one that keeps it. Their appetite counts for this risk too."),
    )  # fmt: skip
    objectives = forms.CharField(
        label=_("Objectives"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One to a line, for example “Nobody waits more than a week for a bed”."),
    )  # fmt: skip
    projects = forms.CharField(
        label=_("Projects"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One to a line: a name, or the reference of a programme held here, for example “RS-001”."),
    )  # fmt: skip

    def __init__(self, *args: Any, risk: Risk, person: User, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person
        joined = departments_in(risk.programme)
        self.fields["departments"].queryset = joined.exclude(pk=risk.kept_by_id).order_by("name")

    def clean_objectives(self) -> list[str]:
        return _lines(self.cleaned_data["objectives"])

    def clean_projects(self) -> list[Programme | str]:
        """What is the reference of a programme that the person sees means that programme; all else is a name."""
        lines = _lines(self.cleaned_data["projects"])
        held = Programme.objects.visible_to(self.person).filter(reference__in=lines)
        by_reference = {programme.reference: programme for programme in held}
        return [by_reference.get(line, line) for line in lines]


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
