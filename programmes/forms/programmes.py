from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.access.permissions import Permission
from xgov.access.standing import open_doors
from xgov.accounts.models import Department, User
from xgov.pages.forms import PlainForm


def departments_run_by(person: User) -> Any:
    """The open departments for which the person may set up programmes and answer invitations."""
    return Department.objects.open().filter(pk__in=open_doors(person, Department, Permission.MANAGE))


class NewProgrammeForm(PlainForm):
    name = forms.CharField(
        label=_("Name of the programme"),
        max_length=Programme._meta.get_field("name").max_length,
        help_text=_("Short and plain, for example “Fewer people sleeping rough”."),
    )
    lead = forms.ModelChoiceField(
        label=_("Lead department"),
        queryset=Department.objects.none(),
        help_text=_("You can choose the departments in which you are a programme manager."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        required=False,
        help_text=_(
            "Letters, digits, dots and hyphens, such as your portfolio's own number. Leave it empty to get one."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = departments_run_by(person)
        field = self.fields["lead"]
        field.queryset = led
        if len(led) == 1:
            field.initial, field.empty_label = led[0], None
