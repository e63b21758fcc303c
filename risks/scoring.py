"""How a risk is scored: the scale as data, and the two questions asked of it.

There is no one official scale. Levels, chances, matrix, bands and review intervals are a local default in the manner
of departmental practice, and are labelled so where they are shown. The matrix is a table and not a product, because
some departments weight impact more.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text
from xgov.records.errors import RuleBroken


class NotOnTheScale(RuleBroken):
    """A likelihood, impact or score that the scale does not have."""


@dataclass(frozen=True)
class Level:
    value: int
    label: type_of_text
    meaning: type_of_text


@dataclass(frozen=True)
class Band:
    """Scores from `lowest` to `highest`, both included. An open risk is looked at again within `review_days`."""

    key: str
    label: type_of_text
    lowest: int
    highest: int
    colour: str
    review_days: int


@dataclass(frozen=True)
class Score:
    """One assessment of a risk: where it stands on the scale. False when it has not been made."""

    value: int = 0
    likelihood: int | None = None
    impact: int | None = None
    band: Band | None = None

    def __bool__(self) -> bool:
        return self.band is not None

    def __str__(self) -> str:
        if self.band is None:
            return str(_("Not scored"))
        return f"{self.value} ({self.likelihood} x {self.impact}, {str(self.band.label).lower()})"


NOT_SCORED = Score()


@dataclass(frozen=True)
class Scale:
    label: type_of_text
    likelihoods: tuple[Level, ...]
    impacts: tuple[Level, ...]
    matrix: tuple[tuple[int, ...], ...]  # a row for each likelihood, a column for each impact, lowest first
    bands: tuple[Band, ...]

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
        return Score(value, likelihood, impact, self.band(value))

    def band(self, value: int) -> Band:
        """The band that a score falls in. Raises NotOnTheScale, also for 0, which means not scored."""
        for band in self.bands:
            if band.lowest <= value <= band.highest:
                return band
        raise NotOnTheScale(_("There is no score %(value)s on this scale.") % {"value": value})

    @property
    def highest(self) -> int:
        return self.bands[-1].highest


FIVE_BY_FIVE = Scale(
    label=_("Five by five"),
    likelihoods=(
        Level(1, _("Very low"), _("up to a 5% chance in the life of the programme")),
        Level(2, _("Low"), _("6% to 20%")),
        Level(3, _("Medium"), _("21% to 50%")),
        Level(4, _("High"), _("51% to 80%")),
        Level(5, _("Very high"), _("over 80%")),
    ),
    impacts=(
        Level(1, _("Very low"), _("less than 1% on cost or 2 weeks’ delay; hardly felt")),
        Level(2, _("Low"), _("1% to 3% on cost or 2 to 6 weeks; minor and mended")),
        Level(3, _("Medium"), _("3% to 7% on cost or 6 to 12 weeks; one joint measure missed")),
        Level(4, _("High"), _("7% to 15% on cost or 3 to 6 months; several measures missed")),
        Level(5, _("Very high"), _("over 15% on cost or 6 months; the outcome fails")),
    ),
    matrix=(
        (1, 2, 3, 4, 5),
        (2, 4, 6, 8, 10),
        (3, 6, 9, 12, 15),
        (4, 8, 12, 16, 20),
        (5, 10, 15, 20, 25),
    ),
    bands=(
        Band("LOW", _("Low"), 1, 3, "green", 90),
        Band("MEDIUM", _("Medium"), 4, 9, "yellow", 60),
        Band("HIGH", _("High"), 10, 15, "orange", 30),
        Band("VERY_HIGH", _("Very high"), 16, 25, "red", 14),
    ),
)

# The scale of every programme, until programmes can agree on another one.
SCALE = FIVE_BY_FIVE
BANDS = {band.key: band for band in SCALE.bands}


# The three times that a risk is assessed, and what each is called.
ASSESSMENTS: dict[str, type_of_text] = {
    "residual": _("Residual"),
    "inherent": _("Inherent"),
    "target": _("Target"),
}


def score(likelihood: int | None, impact: int | None) -> Score:
    return SCALE.score(likelihood, impact)


def band(value: int) -> Band:
    return SCALE.band(value)
