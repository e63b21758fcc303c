"""What people can do with a programme. The only writers of its records."""

from programmes.actions.appointments import appoint, end_appointment
from programmes.actions.confidence import rate_confidence
from programmes.actions.costs import set_whole_life_cost
from programmes.actions.delivery_models import choose_delivery_model
from programmes.actions.parties import (
    accept_invitation,
    change_contribution,
    decline_invitation,
    invite_department,
    withdraw_department,
)
from programmes.actions.programmes import change_programme, create_programme
from programmes.actions.statuses import change_status

__all__ = [
    "accept_invitation",
    "appoint",
    "change_contribution",
    "change_programme",
    "change_status",
    "choose_delivery_model",
    "create_programme",
    "decline_invitation",
    "end_appointment",
    "invite_department",
    "rate_confidence",
    "set_whole_life_cost",
    "withdraw_department",
]
