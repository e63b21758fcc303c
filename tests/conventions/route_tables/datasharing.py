"""Data sharing: each department keeps its datasets and its own part of a flow; the lead keeps plan and flows."""

from tests.conventions.routes import ADDING, CLEARED, INSIDE, KEEPING, RUNNING, Rows, button, form, page

_DATASET_CHANGES = [
    form(KEEPING, "dwp_dataset"),
    form(RUNNING, "lead_dataset"),
    form(RUNNING, "sensitive_dataset", seen_by=CLEARED),
]
_FLOW_CHANGES = [form(RUNNING, "flow"), form(RUNNING, "sensitive_flow", seen_by=CLEARED)]

ROUTES: Rows = {
    "datasharing:plan": [page(INSIDE, "programme"), page(CLEARED, "sensitive_programme")],
    "datasharing:plan-edit": form(RUNNING, "programme"),
    "datasharing:plan-agree": form(RUNNING, "programme"),
    "datasharing:datasets": page(INSIDE, "programme"),
    "datasharing:dataset-add": form(ADDING, "programme"),
    "datasharing:dataset": [
        page(INSIDE, "dwp_dataset"),
        page(INSIDE, "lead_dataset"),
        page(CLEARED, "sensitive_dataset"),
    ],
    "datasharing:dataset-change": _DATASET_CHANGES,
    "datasharing:dataset-withdraw": _DATASET_CHANGES,
    "datasharing:refresh-add": _DATASET_CHANGES,
    "datasharing:quality-add": _DATASET_CHANGES,
    "datasharing:refresh-strike-out": [form(KEEPING, "dwp_refresh"), form(RUNNING, "lead_refresh")],
    "datasharing:flow-add": form(RUNNING, "programme"),
    "datasharing:flow": [page(INSIDE, "flow"), page(CLEARED, "sensitive_flow")],
    "datasharing:flow-change": _FLOW_CHANGES,
    "datasharing:flow-ready": button(RUNNING, "flow"),
    "datasharing:flow-live": _FLOW_CHANGES,
    "datasharing:flow-pause": form(KEEPING, "flow"),  # either department may stop its data
    "datasharing:flow-end": _FLOW_CHANGES,
    "datasharing:part-add": form(ADDING, "flow"),
    "datasharing:part-change": [form(KEEPING, "dwp_part"), form(RUNNING, "lead_part")],
    "datasharing:assessment-add": form(ADDING, "programme"),
    "datasharing:assessment": [page(INSIDE, "dwp_assessment"), page(CLEARED, "sensitive_assessment")],
    "datasharing:assessment-change": [
        form(KEEPING, "dwp_assessment"),
        form(RUNNING, "sensitive_assessment", seen_by=CLEARED),
    ],
}
