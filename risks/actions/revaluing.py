"""What follows for the risks of a programme when another version of its settings comes into force.

On the same scale every risk that is scored otherwise by the new matrix or bands is valued anew, from the likelihood and
impact that people gave. On another scale the old scores stay as they were given: nobody but a person can say what a
risk is on the new one. Until then it stands apart, and is
compared with nothing of the new one: an appetite too says on which scale it was agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import escalation
from risks.models import RegisterSettings, Risk
from risks.register_terms import Terms
from risks.scoring import ASSESSMENTS, Scale
from xgov.access.memory import forget
from xgov.accounts.models import User
from xgov.records.acting import acting, system_signer
from xgov.records.holding import hold_all

SIGNER = "Register settings"
_COLUMNS = [f"{name}_{part}" for name in ASSESSMENTS for part in ("score", "band")]


@dataclass(frozen=True)
class Effect:
    """How many live risks of a programme a version of its terms would touch."""

    valued_anew: int = 0
    in_another_band: int = 0
    to_be_scored_again: int = 0
    outside_categories: int = 0
    escalating: int = 0
    returning: int = 0


def start_using(settings: RegisterSettings, was: Terms) -> int:
    """Value the risks by the terms that are now in force. Gives the number that changed."""
    forget()  # the terms that were remembered are no longer in force
    terms = settings.agreed_terms
    words = _("Valued anew: the departments agreed version %(number)d of how this register works. %(why)s")
    with acting(system_signer(SIGNER), words % {"number": settings.version, "why": settings.why}):
        is_same_scale = was.scale.key == terms.scale.key
        changed = _value_anew(settings.programme, terms.scale) if is_same_scale else 0
        escalation.reconsider_all(Risk.objects.live().filter(programme=settings.programme))
    return changed


def effect_of(programme: Programme, terms: Terms, reader: User) -> Effect:
    """What a version would do to the risks that the reader sees, before it is put to the departments."""
    valued = band = again = outside = 0
    wanted = []
    for risk in Risk.objects.visible_to(reader).live().filter(programme=programme):
        risk.programme = programme
        outside += risk.category not in terms.categories
        if risk.scale != terms.scale.key:
            again += any(getattr(risk, f"{name}_score") for name in ASSESSMENTS)
        elif moved := _moved(risk, terms.scale):
            valued += 1
            band += "residual" in moved and risk.residual_band != moved["residual"]
            _value(risk, moved, terms.scale)
        wanted.append((risk, None))
    foreseen = escalation.foresee(programme, wanted, terms.escalation_rules)
    escalating, returning = (sum(1 for each in foreseen if getattr(each, what)) for what in ("asked", "left"))
    return Effect(valued, band, again, outside, escalating, returning)


def _value_anew(programme: Programme, scale: Scale) -> int:
    changed = []
    for risk in hold_all(Risk.objects.live().filter(programme=programme, scale=scale.key)):
        if moved := _moved(risk, scale):
            _value(risk, moved, scale)
            changed.append(risk)
    if changed:
        Risk.objects.save_many(changed, _COLUMNS)
    return len(changed)


def _value(risk: Risk, assessments: Iterable[str], scale: Scale) -> None:
    for name in assessments:
        setattr(risk, name, scale.score(*_pair(risk, name)))


def _moved(risk: Risk, scale: Scale) -> dict[str, str]:
    """The assessments that the scale values otherwise, each with its new band."""
    found = {}
    for name in ASSESSMENTS:
        old, new = getattr(risk, name), scale.score(*_pair(risk, name))
        if old != new:
            found[name] = new.band.key
    return found


def _pair(risk: Risk, name: str) -> tuple[int | None, int | None]:
    return getattr(risk, f"{name}_likelihood"), getattr(risk, f"{name}_impact")
