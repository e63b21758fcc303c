from datasharing.actions.assessments import change_assessment, start_assessment
from datasharing.actions.controllers import add_part, change_part
from datasharing.actions.datasets import add_dataset, change_dataset, withdraw_dataset
from datasharing.actions.flows import add_flow, change_flow, end_flow, go_live, make_ready, pause_flow
from datasharing.actions.plans import agree_plan, change_plan, start_plan
from datasharing.actions.quality import record_quality_check
from datasharing.actions.refreshes import record_refresh, strike_out_refresh

__all__ = [
    "add_dataset",
    "add_flow",
    "add_part",
    "agree_plan",
    "change_assessment",
    "change_dataset",
    "change_flow",
    "change_part",
    "change_plan",
    "end_flow",
    "go_live",
    "make_ready",
    "pause_flow",
    "record_quality_check",
    "record_refresh",
    "start_assessment",
    "start_plan",
    "strike_out_refresh",
    "withdraw_dataset",
]
