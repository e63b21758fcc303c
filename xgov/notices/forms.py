from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms import Option, PlainForm


class EmailForm(PlainForm):
    wanted = forms.TypedChoiceField(
        label=_("Daily email"), widget=forms.RadioSelect, coerce=lambda text: text == "yes",
        choices=[
            ("yes", Option(_("Yes, send it"), _("At most one a day, in the morning, and none when there is no news."))),
            ("no", Option(_("No"), _("What you are told of stands on the page of notices all the same."))),
        ],
    )  # fmt: skip
