from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xgov.pages.forms import DateField, PlainForm
from xgov.records.clock import today


class SinceForm(PlainForm):
    """From which day on movement is counted. Asked for by an address, so what means nothing is left out."""

    since = DateField(
        label=gettext_lazy("Movement since"),
        required=False,
        help_text=gettext_lazy("For example, 27 3 2026. Leave it empty for the usual day."),
    )

    def clean_since(self) -> date | None:
        day = self.cleaned_data["since"]
        if day is not None and day > today():
            raise ValidationError(_("Movement since must be today or in the past."))
        return day
