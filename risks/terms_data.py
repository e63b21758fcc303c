"""The terms of a register as JSON, in which each agreed version is kept, and back."""

from dataclasses import replace
from typing import Any

from risks.escalation_rules import EscalationRule
from risks.register_terms import LocalCategory, Terms
from risks.scales import SCALES
from risks.scoring import BandRange, Level, Scale


def as_data(terms: Terms) -> dict[str, Any]:
    """Plain values. What was a translated default becomes text: what was agreed must not change with the language."""
    scale = terms.scale
    return {
        "likelihoods": [[str(level.label), str(level.meaning)] for level in scale.likelihoods],
        "impacts": [[str(level.label), str(level.meaning)] for level in scale.impacts],
        "matrix": [list(row) for row in scale.matrix],
        "bands": [[band.key, band.lowest, band.highest, band.review_days] for band in scale.bands],
        "categories": list(terms.categories),
        "local_categories": [[local.label, local.category] for local in terms.local_categories],
        "escalation_rules": [
            [rule.level, rule.trigger, rule.threshold, str(rule.ask), rule.response_days]
            for rule in terms.escalation_rules
        ],
    }


def as_terms(scale_key: str, data: dict[str, Any], version: int = 0) -> Terms:
    """What was kept as data. It was held to the rules when it was proposed."""
    return Terms(
        scale=_scale(SCALES[scale_key], data),
        categories=tuple(data["categories"]),
        local_categories=tuple(LocalCategory(label, category) for label, category in data["local_categories"]),
        escalation_rules=tuple(EscalationRule(*parts) for parts in data["escalation_rules"]),
        version=version,
    )


def _scale(usual: Scale, data: dict[str, Any]) -> Scale:
    return replace(
        usual,
        likelihoods=_levels(data["likelihoods"]),
        impacts=_levels(data["impacts"]),
        matrix=tuple(tuple(row) for row in data["matrix"]),
        bands=tuple(BandRange(*parts) for parts in data["bands"]),
    )


def _levels(found: list[list[str]]) -> tuple[Level, ...]:
    return tuple(Level(value, label, meaning) for value, (label, meaning) in enumerate(found, start=1))
