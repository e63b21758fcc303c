"""The verbs of the risk register. Nothing else writes to it."""

from risks.actions.acceptances import accept_risk, end_expired, withdraw_acceptance
from risks.actions.affected import say_what_is_affected
from risks.actions.appetites import set_appetite, set_department_appetite
from risks.actions.controls import add_control, change_control, check_control, end_control
from risks.actions.endings import close_risk, reopen_risk
from risks.actions.entries import add_entry, change_entry, close_entry, reopen_entry
from risks.actions.escalations import (
    acknowledge,
    close_escalation,
    escalate,
    escalate_all,
    respond,
    return_escalation,
)
from risks.actions.links import keep_from_above, link_risks, share_upwards, unlink_risks
from risks.actions.mitigations import add_mitigation, change_mitigation, drop_mitigation, finish_mitigation
from risks.actions.risks import add_risk, change_risk, open_risk
from risks.actions.scores import rescore_risk
from risks.actions.settings import (
    answer_settings,
    bring_settings_into_force,
    propose_settings,
    withdraw_settings,
)
from risks.actions.together import close_risks, reassign_risks, rescore_risks, review_risks

__all__ = [
    "accept_risk",
    "acknowledge",
    "add_control",
    "add_entry",
    "add_mitigation",
    "add_risk",
    "answer_settings",
    "bring_settings_into_force",
    "change_control",
    "change_entry",
    "change_mitigation",
    "change_risk",
    "check_control",
    "close_entry",
    "close_escalation",
    "close_risk",
    "close_risks",
    "drop_mitigation",
    "end_control",
    "end_expired",
    "escalate",
    "escalate_all",
    "finish_mitigation",
    "keep_from_above",
    "link_risks",
    "open_risk",
    "propose_settings",
    "reassign_risks",
    "reopen_entry",
    "reopen_risk",
    "rescore_risk",
    "rescore_risks",
    "respond",
    "return_escalation",
    "review_risks",
    "say_what_is_affected",
    "set_appetite",
    "set_department_appetite",
    "share_upwards",
    "unlink_risks",
    "withdraw_acceptance",
    "withdraw_settings",
]
