"""Bringing a spreadsheet, and applying it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from risks.forms.people import keepers
from xgov.accounts.models import User
from xgov.pages.forms import PlainForm


class BringForm(PlainForm):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        error_messages={
            "required": gettext_lazy("Choose a spreadsheet"), "empty": gettext_lazy("The spreadsheet is empty"),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("XLSX or CSV, up to %(most)d MB. Nothing changes until you have seen what would change.")
        self.fields["file"].help_text = said % {"most": settings.XGOV_IMPORT_MEGABYTES}
        self.fields["kept_by"] = keepers(person, programme, _("Department that brings it"))
        departments = list(self.fields["kept_by"].queryset[:2])
        home = person.home_department_id
        if len(departments) == 1:
            self.initial["kept_by"] = departments[0].pk
        elif home and self.fields["kept_by"].queryset.filter(pk=home).exists():
            self.initial["kept_by"] = home
        self._mind_manners()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = settings.XGOV_IMPORT_MEGABYTES
        if file.size > most * 1024 * 1024:
            raise forms.ValidationError(_("The spreadsheet must be smaller than %(most)d MB") % {"most": most})
        return file


class ApplyForm(PlainForm):
    over_changes = forms.BooleanField(
        label=gettext_lazy("Also change the rows in which the register has changed since the copy was made"),
        required=False,
        help_text=gettext_lazy("Only the fields that were changed in the file. Else those rows stay as they are."),
    )  # fmt: skip
