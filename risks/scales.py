"""The scales that a programme can choose from, as data. A score made on one is never compared with one of another.

There is no one official scale. A programme may agree on words, matrix, bands and review intervals of its own.
"""

from django.utils.translation import gettext_lazy as _

from risks.scoring import BandRange, Level, Scale

FIVE_BY_FIVE = Scale(
    key="5X5",
    label=_("Five by five"),
    source=_(
        "In the manner of departmental practice. Levels, matrix, bands and review intervals are a local default: "
        "there is no official scale."
    ),
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
        BandRange("LOW", 1, 3, 90),
        BandRange("MEDIUM", 4, 9, 60),
        BandRange("HIGH", 10, 15, 30),
        BandRange("VERY_HIGH", 16, 25, 14),
    ),
)

# Its matrix is drawn without numbers. Ours puts the graver of two equally likely risks higher, and the graver of two
# that swap likelihood and impact.
NATIONAL_RISK_REGISTER = Scale(
    key="NRR",
    label=_("National Risk Register"),
    source=_(
        "Levels: National Risk Register, 2023 edition: the chance of a reasonable worst-case scenario within five "
        "years, or two for malicious risks. Matrix, bands and review intervals are a local default: it has no numbers."
    ),
    likelihoods=(
        Level(1, _("Lowest"), _("less than 0.2%")),
        Level(2, _("Low"), _("0.2% to 1%")),
        Level(3, _("Medium"), _("1% to 5%")),
        Level(4, _("High"), _("5% to 25%")),
        Level(5, _("Highest"), _("over 25%")),
    ),
    impacts=(
        Level(1, _("Minor"), _("felt by few and soon over")),
        Level(2, _("Limited"), _("local services cope")),
        Level(3, _("Moderate"), _("several places or services need help")),
        Level(4, _("Significant"), _("the country as a whole feels it")),
        Level(5, _("Catastrophic"), _("many lives, or what the country rests on")),
    ),
    matrix=(
        (1, 2, 4, 7, 11),
        (2, 4, 7, 11, 16),
        (3, 6, 10, 15, 20),
        (4, 8, 13, 18, 23),
        (5, 9, 14, 20, 25),
    ),
    bands=(
        BandRange("LOW", 1, 4, 180),
        BandRange("MEDIUM", 5, 10, 90),
        BandRange("HIGH", 11, 16, 60),
        BandRange("VERY_HIGH", 17, 25, 30),
    ),
)

SCALES: dict[str, Scale] = {scale.key: scale for scale in (FIVE_BY_FIVE, NATIONAL_RISK_REGISTER)}
CHOICES = [(scale.key, scale.label) for scale in SCALES.values()]
