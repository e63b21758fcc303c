"""How a risk is scored: what a scale is, and the questions asked of it. The scales are data: risks/scales.py.

The matrix is a table and not a product, because some departments weight impact more. What a band is called and how it
is coloured is the same in every register; which scores fall into it is agreed by the departments of a programme.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text
from xgov.records.errors import RuleBroken

# No score on any scale is higher, so that the database can hold to it.
HIGHEST_POSSIBLE = 100
MOST_LEVELS = 5


class NotOnTheScale(RuleBroken):
    """A likelihood, impact or score that the scale does not have."""


@dataclass(frozen=True)
class Level:
    value: int
    label: type_of_text
    meaning: type_of_text


@dataclass(frozen=True)
class Band:
    """How grave a score is, in a word and a colour."""

    key: str
    label: type_of_text
    colour: str
    rank: int


BANDS: dict[str, Band] = {
    "LOW": Band("LOW", _("Low"), "green", 1),
    "MEDIUM": Band("MEDIUM", _("Medium"), "yellow", 2),
    "HIGH": Band("HIGH", _("High"), "orange", 3),
    "VERY_HIGH": Band("VERY_HIGH", _("Very high"), "red", 4),
}


@dataclass(frozen=True)
class BandRange:
    """The scores of a band, from `lowest` to `highest`, both included. Its risks are looked at within `review_days`."""

    key: str
    lowest: int
    highest: int
    review_days: int

    @property
    def band(self) -> Band:
        return BANDS[self.key]


@dataclass(frozen=True)
class Score:
    """One assessment of a risk: where it stands on which scale. False when it has not been made."""

    value: int = 0
    likelihood: int | None = None
    impact: int | None = None
    band: Band | None = None
    scale: str = ""

    def __bool__(self) -> bool:
        return self.band is not None

    def __str__(self) -> str:
        if self.band is None:
            return str(_("Not scored"))
        return f"{self.value} ({self.likelihood} x {self.impact}, {str(self.band.label).lower()})"


NOT_SCORED = Score()


@dataclass(frozen=True)
class Scale:
    key: str
    label: type_of_text
    source: type_of_text
    likelihoods: tuple[Level, ...]
    impacts: tuple[Level, ...]
    matrix: tuple[tuple[int, ...], ...]  # a row for each likelihood, a column for each impact, lowest first
    bands: tuple[BandRange, ...]  # lowest first

    def score(self, likelihood: int | None, impact: int | None) -> Score:
        """The assessment with its value, from the matrix; NOT_SCORED when neither is given. Raises NotOnTheScale."""
        if likelihood is None and impact is None:
            return NOT_SCORED
        if likelihood is None or impact is None:
            raise NotOnTheScale(_("Give both the likelihood and the impact, or neither."))
        if not (1 <= likelihood <= len(self.likelihoods) and 1 <= impact <= len(self.impacts)):
            raise NotOnTheScale(
                _("Likelihood goes from 1 to %(likelihoods)d and impact from 1 to %(impacts)d.")
                % {"likelihoods": len(self.likelihoods), "impacts": len(self.impacts)}
            )
        value = self.matrix[likelihood - 1][impact - 1]
        return Score(value, likelihood, impact, self.band(value), self.key)

    def band(self, value: int) -> Band:
        """The band that a score falls in. Raises NotOnTheScale, also for 0, which means not scored."""
        for scores in self.bands:
            if scores.lowest <= value <= scores.highest:
                return scores.band
        raise NotOnTheScale(_("There is no score %(value)s on this scale.") % {"value": value})

    def range_of(self, band: Band | str) -> BandRange:
        """Which scores fall into the band, and how often its risks are looked at."""
        key = band if isinstance(band, str) else band.key
        return next(scores for scores in self.bands if scores.key == key)

    @property
    def highest(self) -> int:
        return self.bands[-1].highest


# The three times that a risk is assessed, and what each is called.
ASSESSMENTS: dict[str, type_of_text] = {
    "residual": _("Residual"),
    "inherent": _("Inherent"),
    "target": _("Target"),
}
