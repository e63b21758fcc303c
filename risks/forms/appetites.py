from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from risks import appetite_levels
from risks.models import Appetite
from risks.scales import FIVE_BY_FIVE as SCALE
from xgov.pages.forms import DateField, Option, PlainForm


class AppetiteForm(PlainForm):
    level = forms.ChoiceField(label=_("Appetite"), widget=forms.RadioSelect)
    max_residual_score = forms.IntegerField(
        label=_("Highest residual score"), required=False, min_value=1, max_value=SCALE.highest,
        help_text=_("Only if it differs from the level’s usual limit. Risks above it escalate."),
    )  # fmt: skip
    agreed_by = forms.CharField(
        label=_("Agreed by"), max_length=200, help_text=_("The board or person, for example “Joint programme board”.")
    )
    agreed_on = DateField(label=_("Agreed on"))
    review_due = DateField(label=_("Next review"))

    def __init__(self, *args: Any, present: Appetite | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _answers_of(present) if present else {})
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.code, _explained(level)) for level in appetite_levels.LEVELS]


def _answers_of(present: Appetite) -> dict[str, Any]:
    limit = None if present.is_usual else present.max_residual_score
    return {"level": present.level, "max_residual_score": limit, "agreed_by": present.agreed_by}


def _explained(level: appetite_levels.AppetiteLevel) -> Option:
    limit = _("Risks up to a residual score of %(score)d are within it.") % {"score": level.max_residual_score}
    return Option(level.label, format_lazy("{} {}", level.meaning, limit))
