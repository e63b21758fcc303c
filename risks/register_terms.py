"""How one programme's register works: the scale, the categories and the escalation rules its departments agreed.

`terms_of(programme)` is what everything asks. Until the departments of a programme have agreed on anything, the
defaults below hold, and every page says that they are a local default.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from programmes.models import Programme
from risks import categories
from risks.escalation_rules import DEFAULT_RULES, EscalationRule
from risks.scales import FIVE_BY_FIVE
from risks.scoring import Scale
from xgov.access.memory import once
from xgov.records.clock import today

if TYPE_CHECKING:
    from risks.models import Risk


@dataclass(frozen=True)
class LocalCategory:
    """A name that a programme uses beside the common categories, under one of which it is counted."""

    label: str
    category: str


@dataclass(frozen=True)
class Terms:
    """`version` is 0 for the local default, which nobody has agreed."""

    scale: Scale
    categories: tuple[str, ...]
    local_categories: tuple[LocalCategory, ...]
    escalation_rules: tuple[EscalationRule, ...]
    version: int = 0

    @property
    def is_default(self) -> bool:
        return self.version == 0


DEFAULT_TERMS = Terms(FIVE_BY_FIVE, tuple(categories.BY_CODE), (), DEFAULT_RULES)


def terms_of(programme: Programme) -> Terms:
    """What is in force today. Asked of the database once a request at most."""
    return once(("risks.terms", programme.pk), lambda: terms_now(programme))


def terms_now(programme: Programme) -> Terms:
    """As `terms_of`, asked afresh: for actions, which must not value a risk by terms that were replaced meanwhile."""
    return terms_of_many([programme])[programme.pk]


def terms_of_many(programmes: Iterable[Programme]) -> dict[int, Terms]:
    """By programme id, in one query."""
    from risks.models import RegisterSettings

    asked = [programme.pk for programme in programmes]
    agreed = {
        settings.programme_id: settings.agreed_terms
        for settings in RegisterSettings.objects.in_force().filter(programme__in=asked)
    }
    return {pk: agreed.get(pk, DEFAULT_TERMS) for pk in asked}


def usual_review_due(risk: "Risk", terms: Terms | None = None) -> date | None:
    """When the next review falls due by the interval of the residual score's band, counted from today."""
    if not risk.residual_score:
        return None
    scale = (terms or terms_of(risk.programme)).scale
    return today() + timedelta(days=scale.range_of(risk.residual_band).review_days)


def is_on_another_scale(risk: "Risk", terms: Terms) -> bool:
    """Scored, and on a scale that the register no longer uses: it must be scored again before it is compared."""
    return bool(risk.residual or risk.inherent or risk.target) and risk.scale != terms.scale.key
