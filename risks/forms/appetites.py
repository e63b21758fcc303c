from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from risks import appetite_levels
from risks.models.appetites import RiskLimits
from xgov.pages.forms import DateField, Option, PlainForm

_NARROW = {"class": "govuk-input--width-3"}


class AppetiteForm(PlainForm):
    level = forms.ChoiceField(label=_("Appetite"), widget=forms.RadioSelect)
    max_residual_score = forms.IntegerField(
        label=_("Highest residual score"), required=False, min_value=1, widget=forms.NumberInput(attrs=_NARROW),
        help_text=_("The appetite. Only if it differs from the level’s usual limit."),
    )  # fmt: skip
    tolerance_score = forms.IntegerField(
        label=_("Highest residual score that is tolerated"), required=False, min_value=1,
        widget=forms.NumberInput(attrs=_NARROW),
        help_text=_("What can be borne for a while. Only if it differs from the usual. Risks above it escalate."),
    )  # fmt: skip
    agreed_by = forms.CharField(
        label=_("Agreed by"), max_length=200, help_text=_("The board or person, for example “Joint programme board”.")
    )
    agreed_on = DateField(label=_("Agreed on"))
    since = DateField(
        label=_("In force from"),
        required=False,
        help_text=_("Leave it empty for today."),
    )
    review_due = DateField(label=_("Next review"))

    def __init__(self, *args: Any, present: RiskLimits | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _answers_of(present) if present else {})
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.code, _explained(level)) for level in appetite_levels.LEVELS]


def _answers_of(present: RiskLimits) -> dict[str, Any]:
    return {
        "level": present.level,
        "max_residual_score": None if present.is_usual else present.max_residual_score,
        "tolerance_score": None if present.is_usually_tolerated else present.tolerance_score,
        "agreed_by": present.agreed_by,
    }


def _explained(level: appetite_levels.AppetiteLevel) -> Option:
    limits = _("Usually up to a residual score of %(score)d, and up to %(tolerance)d tolerated.") % {
        "score": level.max_residual_score,
        "tolerance": level.tolerance_score,
    }
    return Option(level.label, format_lazy("{} {}", level.meaning, limits))
