"""The verbs of the risk register. Nothing else writes to it."""

from risks.actions.appetites import set_appetite
from risks.actions.endings import close_risk, reopen_risk
from risks.actions.mitigations import add_mitigation, change_mitigation, drop_mitigation, finish_mitigation
from risks.actions.risks import add_risk, change_risk, open_risk
from risks.actions.scores import rescore_risk

__all__ = [
    "add_mitigation",
    "add_risk",
    "change_mitigation",
    "change_risk",
    "close_risk",
    "drop_mitigation",
    "finish_mitigation",
    "open_risk",
    "reopen_risk",
    "rescore_risk",
    "set_appetite",
]
