from django import forms
from django.utils.translation import gettext_lazy as _

from risks.escalation_levels import LEVELS, TRIGGERS
from xgov.pages.forms import Option, PlainForm


class EscalateForm(PlainForm):
    to_level = forms.ChoiceField(
        label=_("Who is asked?"), widget=forms.RadioSelect,
        choices=[(key, Option(level.label, level.holders)) for key, level in LEVELS.items() if key != "PROJECT"],
    )  # fmt: skip
    trigger = forms.ChoiceField(
        label=_("What makes it necessary?"), widget=forms.RadioSelect,
        choices=[(key, Option(trigger.label, trigger.meaning)) for key, trigger in TRIGGERS.items()],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example “The bid needs a commitment that no department here can give.”"),
    )  # fmt: skip
    ask = forms.CharField(
        label=_("What is asked of them"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example “Decide by March whether the beds are funded from the reserve.”"),
    )  # fmt: skip
    response_days = forms.IntegerField(
        label=_("Working days for the answer"), min_value=1, max_value=60, initial=10,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        help_text=_("Bank holidays of England are left out. Unanswered, it climbs a level."),
    )  # fmt: skip


class RespondForm(PlainForm):
    response = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you decided, who does what, and by when."),
    )  # fmt: skip
