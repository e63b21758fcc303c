"""How likely and how grave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks.models import Risk
from risks.register_terms import is_on_another_scale, terms_of
from risks.scoring import ASSESSMENTS, Level
from xgov.pages.forms import DateField, RecordForm

LEVEL_FIELDS = [f"{name}_{part}" for name in ASSESSMENTS for part in ("likelihood", "impact")]


def level_question(label: Any, levels: tuple[Level, ...]) -> forms.TypedChoiceField:
    steps = [(e.value, f"{e.value}: {e.label}, {e.meaning}" if e.meaning else f"{e.value}: {e.label}") for e in levels]
    return forms.TypedChoiceField(label=label, choices=[("", _("Select")), *steps], coerce=int, empty_value=None)


class Assessing:
    """A form with likelihoods and impacts. They leave it as pairs: `answers["residual"] == (4, 5)`."""

    def offer_levels(self) -> None:
        """The steps of the programme's scale. What was scored on another scale is asked for anew."""
        terms = terms_of(self.instance.programme)
        for name in LEVEL_FIELDS:
            if name in self.fields:
                levels = terms.scale.likelihoods if name.endswith("likelihood") else terms.scale.impacts
                self.fields[name] = level_question(self.fields[name].label, levels)
                self.fields[name].required = False
                if is_on_another_scale(self.instance, terms):
                    self.initial[name] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ASSESSMENTS:
            parts = [f"{name}_likelihood", f"{name}_impact"]
            if any(part in self.errors or part not in self.fields for part in parts):
                continue
            given = [part for part in parts if cleaned.get(part) is not None]
            if len(given) == 1:
                missing = next(part for part in parts if part not in given)
                self.add_error(missing, _("Give both the likelihood and the impact, or neither"))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        for name in ASSESSMENTS:
            if f"{name}_likelihood" in self.fields:
                pair = given.pop(f"{name}_likelihood"), given.pop(f"{name}_impact")
                given[name] = pair if None not in pair else None
        return given


class RescoreForm(Assessing, RecordForm):
    sections = (
        (_("As things are now (residual score)"), ("residual_likelihood", "residual_impact")),
        (_("Why"), ("reason", "review_due")),
        (_("Before anything is done (inherent score)"), ("inherent_likelihood", "inherent_impact")),
        (_("Where it should be (target score)"), ("target_likelihood", "target_impact", "target_by")),
    )
    reason = forms.CharField(
        label=_("What has changed, or what you looked at"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands beside the score for good, for example “Two of the six shelters have closed.”"),
        error_messages={"required": _("Say what has changed, or what you looked at")},
    )  # fmt: skip
    review_due = DateField(
        label=_("Next review"), required=False, help_text=_("Leave it empty for the usual interval of the new band.")
    )

    class Meta:
        model = Risk
        fields = [*LEVEL_FIELDS, "target_by"]
        labels = {"target_by": _("Target to be reached by")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_levels()
        if self.instance.is_open:
            for name in ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact"):
                self.fields[name].required = True
        self._mind_manners()
