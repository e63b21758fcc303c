"""The columns of an assessment: likelihood, impact and the score that the matrix gives them, read and set as one."""

from typing import Any

from django.db import models
from django.utils.text import format_lazy

from risks.scoring import NOT_SCORED, SCALE, Level, Score
from xgov.access.roles import type_of_text


def level_field(label: type_of_text, levels: tuple[Level, ...]) -> models.PositiveSmallIntegerField:
    choices = [(level.value, format_lazy("{} ({})", level.value, level.label)) for level in levels]
    return models.PositiveSmallIntegerField(label, choices=choices, null=True, blank=True)


def likelihood_field(label: type_of_text) -> models.PositiveSmallIntegerField:
    return level_field(label, SCALE.likelihoods)


def impact_field(label: type_of_text) -> models.PositiveSmallIntegerField:
    return level_field(label, SCALE.impacts)


def score_field(label: type_of_text) -> models.PositiveSmallIntegerField:
    """From the matrix. 0 means not scored, and not NULL, so that every database lists it after all that are."""
    return models.PositiveSmallIntegerField(label, default=0, editable=False)


class ScoreDescriptor:
    """`risk.residual` reads the three columns as one Score; `risk.residual = scoring.score(4, 5)` sets them."""

    def __set_name__(self, owner: type[models.Model], name: str) -> None:
        self.name = name

    def __get__(self, record: models.Model | None, owner: type | None = None) -> Any:
        if record is None:
            return self
        value = getattr(record, f"{self.name}_score")
        if not value:
            return NOT_SCORED
        levels = (getattr(record, f"{self.name}_{part}") for part in ("likelihood", "impact"))
        return Score(value, *levels, SCALE.band(value))

    def __set__(self, record: models.Model, score: Score) -> None:
        setattr(record, f"{self.name}_likelihood", score.likelihood)
        setattr(record, f"{self.name}_impact", score.impact)
        setattr(record, f"{self.name}_score", score.value)


def score_constraint(name: str) -> models.CheckConstraint:
    """An assessment is made wholly, on the scale, or not at all."""
    likelihood, impact, value = f"{name}_likelihood", f"{name}_impact", f"{name}_score"
    made = models.Q(
        **{
            f"{likelihood}__range": (1, len(SCALE.likelihoods)),
            f"{impact}__range": (1, len(SCALE.impacts)),
            f"{value}__range": (1, SCALE.highest),
        }
    )
    not_made = models.Q(**{f"{likelihood}__isnull": True, f"{impact}__isnull": True, value: 0})
    return models.CheckConstraint(condition=made | not_made, name=f"risk_{name}_score_is_on_the_scale")
