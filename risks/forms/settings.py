"""Proposing how the register works, every word, cell and limit of it on one page; and what a department answers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from risks import categories
from risks.escalation_levels import LEVEL_CHOICES, TRIGGER_CHOICES
from risks.escalation_rules import EscalationRule
from risks.models import SettingsAgreement
from risks.register_terms import LocalCategory, Terms
from risks.scoring import BANDS, BandRange, Level, Scale
from risks.terms_rules import faults_of
from xgov.pages.forms import Option, PlainForm

SPARE_ROWS = 3
_NOT_LONGER = MaxLengthValidator(200)  # and no max_length: boxes in a table have no room for a count
_LIMITED = [key for key in BANDS if key != "VERY_HIGH"]  # the last band takes the scores that are left


class ProposalForm(PlainForm):
    """Begins with `terms`. `form.terms` is what was answered; `form.answers` what the action asks besides."""

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        self.begins_with = terms
        self.terms: Terms | None = None
        kwargs.setdefault("initial", _initial(terms))
        super().__init__(*args, **kwargs)
        self.local_numbers = range(1, len(terms.local_categories) + SPARE_ROWS + 1)
        self.rule_numbers = range(1, len(terms.escalation_rules) + SPARE_ROWS + 1)
        self.fields |= dict(self._questions())
        self._mind_manners()

    def _questions(self) -> Iterator[tuple[str, forms.Field]]:
        scale = self.begins_with.scale
        yield from _level_questions("likelihood", _("Likelihood %(level)d"), scale.likelihoods)
        yield from _level_questions("impact", _("Impact %(level)d"), scale.impacts)
        for likelihood in range(1, len(scale.likelihoods) + 1):
            for impact in range(1, len(scale.impacts) + 1):
                yield f"cell_{likelihood}_{impact}", _cell(likelihood, impact)
        yield from _band_questions()
        yield "categories", forms.MultipleChoiceField(
            label=_("Categories in use"), widget=forms.CheckboxSelectMultiple,
            choices=[(each.code, Option(each.label, each.meaning)) for each in categories.CATEGORIES],
            error_messages={"required": _("Select at least one category")},
        )  # fmt: skip
        for number in self.local_numbers:
            yield from _local_questions(number)
        for number in self.rule_numbers:
            yield from _rule_questions(number)
        yield "why", forms.CharField(
            label=_("What changes, and why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The departments read it before they answer, and it stands beside each score that moves."),
            error_messages={"required": _("Say what changes, and why")},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._take(cleaned)
        return cleaned

    def _take(self, cleaned: dict[str, Any]) -> None:
        local = [n for n in self.local_numbers if cleaned[f"local_{n}_label"]]
        ruled = [n for n in self.rule_numbers if cleaned[f"rule_{n}_level"] or cleaned[f"rule_{n}_trigger"]]
        terms = Terms(
            scale=_scale(self.begins_with.scale, cleaned),
            categories=tuple(cleaned["categories"]),
            local_categories=tuple(
                LocalCategory(cleaned[f"local_{n}_label"], cleaned[f"local_{n}_category"]) for n in local
            ),
            escalation_rules=tuple(_rule(cleaned, n) for n in ruled),
        )
        for fault in faults_of(terms):
            self.add_error(_in_form(fault.place, local, ruled), fault.sentence)
        if not self.errors:
            self.terms = terms

    @property
    def answers(self) -> dict[str, Any]:
        return {"why": self.cleaned_data["why"]}

    # --- the questions as the page lays them out --------------------------------------------

    @property
    def level_tables(self) -> list[tuple[Any, list[tuple[int, BoundField, BoundField]]]]:
        scale = self.begins_with.scale
        tables = ((_("Likelihood"), "likelihood", scale.likelihoods), (_("Impact"), "impact", scale.impacts))
        return [
            (heading, [(n, self[f"{kind}_{n}_label"], self[f"{kind}_{n}_meaning"]) for n in _numbers(levels)])
            for heading, kind, levels in tables
        ]

    @property
    def matrix_rows(self) -> list[tuple[int, list[BoundField]]]:
        """From the highest likelihood down, as the heat map."""
        scale = self.begins_with.scale
        impacts = _numbers(scale.impacts)
        return [
            (likelihood, [self[f"cell_{likelihood}_{impact}"] for impact in impacts])
            for likelihood in reversed(_numbers(scale.likelihoods))
        ]

    @property
    def impact_numbers(self) -> list[int]:
        return _numbers(self.begins_with.scale.impacts)

    @property
    def matrix_errors(self) -> list[str]:
        return [error for _row, cells in self.matrix_rows for cell in cells for error in cell.errors]

    @property
    def band_rows(self) -> list[tuple[Any, BoundField | None, BoundField]]:
        return [
            (band, self[f"up_to_{key}"] if key in _LIMITED else None, self[f"review_{key}"])
            for key, band in BANDS.items()
        ]

    @property
    def local_rows(self) -> list[list[BoundField]]:
        return [[self[f"local_{n}_{part}"] for part in ("label", "category")] for n in self.local_numbers]

    @property
    def rule_rows(self) -> list[list[BoundField]]:
        parts = ("level", "trigger", "threshold", "ask", "days")
        return [[self[f"rule_{n}_{part}"] for part in parts] for n in self.rule_numbers]


def _numbers(levels: tuple[Level, ...]) -> list[int]:
    return [level.value for level in levels]


def _level_questions(kind: str, words: Any, levels: tuple[Level, ...]) -> Iterator[tuple[str, forms.Field]]:
    for n in _numbers(levels):
        name = words % {"level": n}
        yield (
            f"{kind}_{n}_label",
            forms.CharField(
                label=_("%(level)s is called") % {"level": name}, max_length=40,
                error_messages={"required": _("Enter what %(level)s is called") % {"level": name.lower()}},
            ),
        )  # fmt: skip
        yield (
            f"{kind}_{n}_meaning",
            forms.CharField(label=_("%(level)s means") % {"level": name}, max_length=200, required=False),
        )


def _cell(likelihood: int, impact: int) -> forms.IntegerField:
    where = {"likelihood": likelihood, "impact": impact}
    words = _("Enter the score at likelihood %(likelihood)d and impact %(impact)d as a whole number") % where
    return forms.IntegerField(
        label=_("Score at likelihood %(likelihood)d and impact %(impact)d") % where,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={"required": words, "invalid": words},
    )


def _band_questions() -> Iterator[tuple[str, forms.Field]]:
    for key, band in BANDS.items():
        if key in _LIMITED:
            words = _("Highest score of the band “%(band)s”") % {"band": band.label}
            yield f"up_to_{key}", _number(words)
        yield f"review_{key}", _number(_("Days between reviews in the band “%(band)s”") % {"band": band.label})


def _number(label: Any, *, required: bool = True) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})
    return forms.IntegerField(label=label, widget=widget, required=required)


def _local_questions(number: int) -> Iterator[tuple[str, forms.Field]]:
    row = {"n": number}
    label = _("Local category %(n)d: name") % row
    yield f"local_{number}_label", forms.CharField(label=label, max_length=60, required=False)
    under = _("Local category %(n)d: counted under") % row
    choices = [("", _("Select")), *categories.CHOICES]
    yield f"local_{number}_category", forms.ChoiceField(label=under, choices=choices, required=False)


def _rule_questions(number: int) -> Iterator[tuple[str, forms.Field]]:
    row = {"n": number}
    levels, triggers = [("", _("No rule")), *LEVEL_CHOICES], [("", _("Select")), *TRIGGER_CHOICES]
    yield f"rule_{number}_level", forms.ChoiceField(label=_("Rule %(n)d: to") % row, choices=levels, required=False)
    when = _("Rule %(n)d: when") % row
    yield f"rule_{number}_trigger", forms.ChoiceField(label=when, choices=triggers, required=False)
    yield f"rule_{number}_threshold", _number(_("Rule %(n)d: from") % row, required=False)
    ask = _("Rule %(n)d: asked to") % row
    asked = forms.Textarea(attrs={"rows": 2})
    yield f"rule_{number}_ask", forms.CharField(label=ask, widget=asked, required=False, validators=[_NOT_LONGER])
    yield f"rule_{number}_days", _number(_("Rule %(n)d: working days for an answer") % row, required=False)


def _initial(terms: Terms) -> dict[str, Any]:
    scale = terms.scale
    found: dict[str, Any] = {"categories": list(terms.categories)}
    for kind, levels in (("likelihood", scale.likelihoods), ("impact", scale.impacts)):
        for level in levels:
            found |= {f"{kind}_{level.value}_label": level.label, f"{kind}_{level.value}_meaning": level.meaning}
    for likelihood, row in enumerate(scale.matrix, start=1):
        found |= {f"cell_{likelihood}_{impact}": score for impact, score in enumerate(row, start=1)}
    for band in scale.bands:
        found |= {f"up_to_{band.key}": band.highest, f"review_{band.key}": band.review_days}
    for n, local in enumerate(terms.local_categories, start=1):
        found |= {f"local_{n}_label": local.label, f"local_{n}_category": local.category}
    for n, rule in enumerate(terms.escalation_rules, start=1):
        found |= {
            f"rule_{n}_level": rule.level, f"rule_{n}_trigger": rule.trigger, f"rule_{n}_threshold": rule.threshold,
            f"rule_{n}_ask": rule.ask, f"rule_{n}_days": rule.response_days,
        }  # fmt: skip
    return found


def _scale(begins_with: Scale, cleaned: dict[str, Any]) -> Scale:
    likelihoods, impacts = _numbers(begins_with.likelihoods), _numbers(begins_with.impacts)
    matrix = tuple(tuple(cleaned[f"cell_{row}_{column}"] for column in impacts) for row in likelihoods)
    limits = {key: cleaned[f"up_to_{key}"] for key in _LIMITED}
    limits["VERY_HIGH"] = max(score for row in matrix for score in row)
    bands, lowest = [], 1
    for key in BANDS:
        bands.append(BandRange(key, lowest, limits[key], cleaned[f"review_{key}"]))
        lowest = limits[key] + 1
    return replace(
        begins_with,
        likelihoods=_levels("likelihood", likelihoods, cleaned),
        impacts=_levels("impact", impacts, cleaned),
        matrix=matrix,
        bands=tuple(bands),
    )


def _levels(kind: str, numbers: list[int], cleaned: dict[str, Any]) -> tuple[Level, ...]:
    return tuple(Level(n, cleaned[f"{kind}_{n}_label"], cleaned[f"{kind}_{n}_meaning"]) for n in numbers)


def _rule(cleaned: dict[str, Any], n: int) -> EscalationRule:
    level, trigger, threshold, ask, days = (
        cleaned[f"rule_{n}_{part}"] for part in ("level", "trigger", "threshold", "ask", "days")
    )
    return EscalationRule(level, trigger, threshold or 0, ask, days or 0)


def _in_form(place: str, local: list[int], ruled: list[int]) -> str | None:
    """The question that a fault belongs to: rows that were left empty are not counted in the terms."""
    kind, _line, rest = place.partition("_")
    rows = {"local": local, "rule": ruled}.get(kind)
    if rows is not None:
        number, _line, part = rest.partition("_")
        return f"{kind}_{rows[int(number) - 1]}_{part}"
    return "up_to_HIGH" if place == "up_to_VERY_HIGH" else place or None


class AnswerSettingsForm(PlainForm):
    answer = forms.ChoiceField(
        label=_("Does the department agree?"), widget=forms.RadioSelect,
        choices=[
            (SettingsAgreement.Answer.AGREED, Option(_("It agrees"))),
            (
                SettingsAgreement.Answer.OBJECTED,
                Option(_("It objects"), _("The version waits until the department agrees, or it is withdrawn.")),
            ),
        ],
        error_messages={"required": _("Select whether the department agrees")},
    )  # fmt: skip
    said = forms.CharField(
        label=_("What the department says"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed with an objection: what would have to change. The other departments read it."),
    )  # fmt: skip
