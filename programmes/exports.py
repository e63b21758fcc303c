"""What a file of programmes holds: figures as numbers, with their state and reason in columns of their own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.models import ConfidenceRating
from xgov.pages.registers import Column


def _rating(programme: Any) -> str:
    return str(ConfidenceRating.Rating(programme.confidence).label) if programme.confidence else ""


def _rating_kind(programme: Any) -> str:
    return str(ConfidenceRating.Kind(programme.confidence_kind).label) if programme.confidence_kind else ""


PROGRAMME_COLUMNS = [
    Column("reference", _("Reference")),
    Column("name", _("Name")),
    Column("outcome", _("Shared outcome")),
    Column("lead_name", _("Lead department")),
    Column("status", _("Status"), value="get_status_display"),
    Column("status_since", _("Status since")),
    Column("phase", _("Phase"), value="get_phase_display"),
    Column("delivery_model", _("Model of joint working"), value="get_delivery_model_display"),
    Column("tier", _("Tier"), value="get_tier_display"),
    Column("category", _("Category")),
    Column("marking", _("Marking"), value="get_marking_display"),
    Column("start_date", _("Start date")),
    Column("end_date", _("End date")),
    Column("confidence", _("Delivery confidence"), value=_rating),
    Column("confidence_kind", _("Delivery confidence: whose"), value=_rating_kind),
    Column("confidence_on", _("Delivery confidence: rated on")),
    Column("whole_life_cost", _("Whole-life cost (£)")),
    Column("whole_life_cost_state", _("Whole-life cost: state"), value="get_whole_life_cost_state_display"),
    Column("whole_life_cost_section", _("Whole-life cost: exemption")),
    Column("whole_life_cost_reason", _("Whole-life cost: why it is not given")),
    Column("price_base", _("Price base")),
]
