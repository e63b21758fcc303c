from django import forms
from django.utils.translation import gettext_lazy as _

from datasharing.choices import departments_to_keep_for
from datasharing.forms.sharing import MARKING_HELP, SharingForm, long_text
from datasharing.models import Dataset, QualityCheck
from xgov.pages.forms import DateField, PlainForm

NARROW = {"class": "govuk-input--width-4", "inputmode": "decimal"}


class DatasetForm(SharingForm):
    sections = (
        (_("What it is"), ("kept_by", "name", "description", "personal_data", "information_asset_owner", "marking")),
        (_("When it is refreshed"), ("refresh_cycle", "first_due_on", "grace_days")),
    )

    class Meta:
        model = Dataset
        fields = [
            "kept_by", "name", "description", "personal_data", "information_asset_owner", "marking",
            "refresh_cycle", "first_due_on", "grace_days",
        ]  # fmt: skip
        labels = {
            "kept_by": _("Department that provides it"),
            "description": _("What it holds, and about whom"),
            "grace_days": _("Days allowed after it is due"),
        }
        help_texts = {
            "name": _("For example “People recorded as homeless on leaving prison”."),
            "description": _("Describe the data. Never paste any of it here."),
            "information_asset_owner": _("Name and post of the person who answers for this data in the department."),
            "refresh_cycle": _("Real time and hourly are checked once a day. A school term counts as four months."),
            "first_due_on": _("No refresh is due before this day. For example, 27 3 2027"),
            "grace_days": _("It counts as late once they have passed. Enter 0 if it is late the next day."),
            "marking": MARKING_HELP,
        }
        widgets = {
            "description": long_text(),
            "personal_data": forms.RadioSelect,
            "grace_days": forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        }

    def prepare(self) -> None:
        mine = departments_to_keep_for(self.user, self.programme)
        self.fields["kept_by"].queryset = mine
        if self.instance.pk is None and len(mine) == 1:
            self.fields["kept_by"].initial = mine[0]


class RefreshForm(PlainForm):
    received_on = DateField(
        label=_("Day it was received"), error_messages={"required": _("Enter the day it was received")}
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=long_text(3),
        help_text=_("Anything the people who use the data should know, such as a gap. No personal data."),
    )  # fmt: skip


class QualityCheckForm(SharingForm):
    class Meta:
        model = QualityCheck
        fields = ["dimension", "target_percent", "measured_percent", "checked_on", "method", "known_limits"]
        labels = {
            "target_percent": _("Target, in percent"),
            "measured_percent": _("Measured, in percent"),
            "checked_on": _("Date of the check"),
        }
        help_texts = {
            "measured_percent": _("Leave empty to set the target before anything has been measured."),
            "method": _("For example “All records of one month compared with the case system”."),
            "known_limits": _("What this figure does not tell."),
        }
        widgets = {
            "dimension": forms.RadioSelect,
            "target_percent": forms.TextInput(attrs=NARROW),
            "measured_percent": forms.TextInput(attrs=NARROW),
            "known_limits": long_text(3),
        }
