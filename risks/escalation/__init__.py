"""A risk escalates by itself: asked at each save of a risk, after each change of an appetite or a rule, and each night.

    with acting(by, reason):
        escalation.save(risk)                     # an action that has changed one risk, which it locked
        escalation.create_many(risks)             # an import of many new ones; save_many(risks, fields) of changed ones
        escalation.reconsider_all(risks)          # after a change that touches many: a queryset of risks

    escalation.foresee(programme, wanted)         # what would follow, for a preview: writes nothing

All but the last keep the columns of the risk that pages read (its limits, since when it is above them, the level it
escalated to) and raise, take up again or end its escalations. Who owns the risk is never theirs to change.
"""

from risks.escalation.foreseeing import Foreseen, foresee
from risks.escalation.reconsidering import (
    also_calling,
    create_many,
    escalate_all,
    reconsider_all,
    save,
    save_if_changed,
    save_many,
)

__all__ = [
    "Foreseen",
    "also_calling",
    "create_many",
    "escalate_all",
    "foresee",
    "reconsider_all",
    "save",
    "save_if_changed",
    "save_many",
]
