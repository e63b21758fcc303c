"""What terms of a register must hold to, before they are put to the departments. One sentence for each thing wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from risks import categories
from risks.escalation_levels import LEVELS, TRIGGERS
from risks.register_terms import Terms
from risks.scoring import BANDS, HIGHEST_POSSIBLE, Scale


@dataclass(frozen=True)
class Fault:
    """`place` is the name of the answer in the form (forms/settings.py): `cell_4_5`, `up_to_LOW`, `rule_2_level`."""

    place: str
    sentence: str


def faults_of(terms: Terms) -> list[Fault]:
    return [*scale_faults(terms.scale), *_faults_of_categories(terms), *_faults_of_rules(terms)]


def scale_faults(scale: Scale) -> list[Fault]:
    """Without faults, what is likelier or graver never scores lower, and each score is in one band."""
    found = [*_faults_of_words(scale), *_faults_of_size(scale)]
    return found or [*_faults_of_cells(scale), *_faults_of_bands(scale)]


def _faults_of_words(scale: Scale) -> Iterator[Fault]:
    for kind, levels in (("likelihood", scale.likelihoods), ("impact", scale.impacts)):
        counted = Counter(str(level.label).strip().lower() for level in levels)
        for level in levels:
            label = str(level.label).strip()
            if not label:
                yield Fault(f"{kind}_{level.value}_label", _("Enter what level %(level)d is called") % _at(level.value))
            elif counted[label.lower()] > 1:
                words = _("“%(label)s” is the name of two levels. Give each a name of its own")
                yield Fault(f"{kind}_{level.value}_label", words % {"label": label})


def _at(level: int) -> dict[str, int]:
    return {"level": level}


def _faults_of_size(scale: Scale) -> Iterator[Fault]:
    whole = len(scale.matrix) == len(scale.likelihoods) and all(len(row) == len(scale.impacts) for row in scale.matrix)
    if not whole:
        yield Fault("", _("The matrix needs a score for each likelihood and each impact"))
    if [scores.key for scores in scale.bands] != list(BANDS):
        yield Fault("", _("The scale needs its four bands, lowest first"))


def _faults_of_cells(scale: Scale) -> Iterator[Fault]:
    for row, scores in enumerate(scale.matrix):
        for column, score in enumerate(scores):
            if sentence := _fault_of_cell(scale, row, column, score):
                yield Fault(f"cell_{row + 1}_{column + 1}", sentence)


def _fault_of_cell(scale: Scale, row: int, column: int, score: int) -> str:
    at = {"score": score, "likelihood": row + 1, "impact": column + 1}
    if not 1 <= score <= HIGHEST_POSSIBLE:
        words = _("The score at likelihood %(likelihood)d and impact %(impact)d must be between 1 and %(highest)d")
        return words % {**at, "highest": HIGHEST_POSSIBLE}
    if row and score < (less := scale.matrix[row - 1][column]):
        words = _(
            "The score %(score)d at likelihood %(likelihood)d and impact %(impact)d is lower than the %(less)d of the "
            "likelihood below it. What is likelier must not score lower"
        )
        return words % {**at, "less": less}
    if column and score < (less := scale.matrix[row][column - 1]):
        words = _(
            "The score %(score)d at likelihood %(likelihood)d and impact %(impact)d is lower than the %(less)d of the "
            "impact below it. What is graver must not score lower"
        )
        return words % {**at, "less": less}
    return ""


def _faults_of_bands(scale: Scale) -> Iterator[Fault]:
    begins = 1
    for scores in scale.bands:
        label = {"band": scores.band.label}
        if scores.lowest != begins:
            words = _("The band “%(band)s” must begin at %(begins)d, so that there is no gap and no overlap")
            yield Fault(f"up_to_{scores.key}", words % {**label, "begins": begins})
        if scores.highest < scores.lowest:
            words = _("No score is in the band “%(band)s”: it must go up to %(begins)d or more")
            yield Fault(f"up_to_{scores.key}", words % {**label, "begins": scores.lowest})
        if not 1 <= scores.review_days <= 730:
            words = _("Say after how many days a risk in the band “%(band)s” is reviewed: 1 to 730")
            yield Fault(f"review_{scores.key}", words % label)
        begins = scores.highest + 1
    highest = max(score for row in scale.matrix for score in row)
    if scale.highest != highest:
        words = _("The band “Very high” must go up to %(highest)d, the highest score of the matrix")
        yield Fault(f"up_to_{scale.bands[-2].key}", words % {"highest": highest})


def _faults_of_categories(terms: Terms) -> Iterator[Fault]:
    if not terms.categories:
        yield Fault("categories", _("Select at least one category"))
    if set(terms.categories) - set(categories.BY_CODE):
        yield Fault("categories", _("Select categories from the list"))
    counted = Counter(local.label.strip().lower() for local in terms.local_categories)
    for number, local in enumerate(terms.local_categories, start=1):
        if counted[local.label.strip().lower()] > 1:
            words = _("“%(label)s” is named twice") % {"label": local.label}
            yield Fault(f"local_{number}_label", words)
        if local.category not in terms.categories:
            words = _("Say under which of the categories in use “%(label)s” is counted") % {"label": local.label}
            yield Fault(f"local_{number}_category", words)


def _faults_of_rules(terms: Terms) -> Iterator[Fault]:
    for number, rule in enumerate(terms.escalation_rules, start=1):
        if rule.level not in LEVELS:
            yield Fault(f"rule_{number}_level", _("Select the level that the risk goes to"))
        if rule.trigger not in TRIGGERS:
            yield Fault(f"rule_{number}_trigger", _("Select what makes the risk go there"))
        if not 1 <= rule.threshold <= 365:
            yield Fault(f"rule_{number}_threshold", _("The threshold goes from 1 to 365"))
        if not 1 <= rule.response_days <= 60:
            yield Fault(f"rule_{number}_days", _("An answer is due after 1 to 60 working days"))
        if not str(rule.ask).strip():
            yield Fault(f"rule_{number}_ask", _("Say what the level is asked to do"))
    counted = Counter((rule.level, rule.trigger) for rule in terms.escalation_rules)
    for number, rule in enumerate(terms.escalation_rules, start=1):
        if counted[rule.level, rule.trigger] > 1 and rule.level in LEVELS:
            yield Fault(f"rule_{number}_trigger", _("Two rules have the same level and the same trigger"))
