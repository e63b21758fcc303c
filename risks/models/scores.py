"""The columns of an assessment: likelihood, impact, and the score and band that the scale gives them, as one."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from risks import scales
from risks.scoring import BANDS, HIGHEST_POSSIBLE, MOST_LEVELS, NOT_SCORED, Score
from xgov.access.roles import type_of_text


def level_field(label: type_of_text) -> models.PositiveSmallIntegerField:
    """A step on the scale, lowest first. What it is called is for the register's settings."""
    between = [MinValueValidator(1), MaxValueValidator(MOST_LEVELS)]
    return models.PositiveSmallIntegerField(label, validators=between, null=True, blank=True)


def score_field(label: type_of_text) -> models.PositiveSmallIntegerField:
    """From the matrix. 0 means not scored, and not NULL, so that every database lists it after all that are."""
    return models.PositiveSmallIntegerField(label, default=0, editable=False)


def band_field(label: type_of_text) -> models.CharField:
    """The key of the band that the score fell in on the day it was made; empty when there is no score."""
    choices = [(band.key, band.label) for band in BANDS.values()]
    return models.CharField(label, max_length=10, choices=choices, blank=True, default="", editable=False)


def scale_field(label: type_of_text) -> models.CharField:
    return models.CharField(label, max_length=10, choices=scales.CHOICES, default="5X5", editable=False)


class ScoreDescriptor:
    """`risk.residual` reads the columns as one Score; `risk.residual = scale.score(4, 5)` sets them, and the scale.

    The scale is the risk's: whoever scores one of its assessments on another scale takes the others away or makes
    them anew (actions/scores.py), so that one risk is never scored on two.
    """

    def __set_name__(self, owner: type[models.Model], name: str) -> None:
        self.name = name

    def __get__(self, record: models.Model | None, owner: type | None = None) -> Any:
        if record is None:
            return self
        value = getattr(record, f"{self.name}_score")
        if not value:
            return NOT_SCORED
        likelihood, impact, band = (getattr(record, f"{self.name}_{part}") for part in ("likelihood", "impact", "band"))
        return Score(value, likelihood, impact, BANDS[band], record.scale)

    def __set__(self, record: models.Model, score: Score) -> None:
        setattr(record, f"{self.name}_likelihood", score.likelihood)
        setattr(record, f"{self.name}_impact", score.impact)
        setattr(record, f"{self.name}_score", score.value)
        setattr(record, f"{self.name}_band", score.band.key if score.band else "")
        if score:
            record.scale = score.scale


def score_constraint(name: str) -> models.CheckConstraint:
    """An assessment is made wholly, with its score and band, or not at all."""
    likelihood, impact, value, band = (f"{name}_{part}" for part in ("likelihood", "impact", "score", "band"))
    made = models.Q(
        **{
            f"{likelihood}__range": (1, MOST_LEVELS),
            f"{impact}__range": (1, MOST_LEVELS),
            f"{value}__range": (1, HIGHEST_POSSIBLE),
            f"{band}__in": list(BANDS),
        }
    )
    not_made = models.Q(**{f"{likelihood}__isnull": True, f"{impact}__isnull": True, value: 0, band: ""})
    return models.CheckConstraint(condition=made | not_made, name=f"risk_{name}_score_is_on_the_scale")
