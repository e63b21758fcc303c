from django.utils.translation import gettext_lazy as _

from xgov.pages.forms import DateField, PlainForm


class SinceForm(PlainForm):
    """From which day on movement is counted. Asked for by an address, so what means nothing is left out."""

    since = DateField(
        label=_("Movement since"),
        required=False,
        help_text=_("For example, 27 3 2026. Leave it empty for the usual day."),
    )
