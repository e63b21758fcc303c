"""The state of datasets, flows and assessments in words, with a colour as a second signal."""

from datetime import timedelta

from django.utils.translation import gettext as _

from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan
from programmes.tags import Tag
from xgov.records.clock import today

DUE_SOON_DAYS = 7  # a local default

_PLAN = {"DRAFT": "grey", "AGREED": "green", "UNDER_REVIEW": "yellow", "CLOSED": "grey"}
_FLOW = {"DRAFT": "grey", "READY": "blue", "LIVE": "green", "PAUSED": "yellow", "ENDED": "grey"}
_ASSESSMENT = {
    "DRAFT": "grey", "DPO_REVIEW": "blue", "CONSULTING_REGULATOR": "purple", "APPROVED": "green",
    "SCREENED_NOT_NEEDED": "teal", "REVIEW_DUE": "yellow", "REJECTED": "red",
}  # fmt: skip
_PERSONAL_DATA = {"NONE": "grey", "PERSONAL": "blue"}


def plan_tag(plan: DataSharingPlan) -> Tag:
    return Tag(plan.get_status_display(), _PLAN[plan.status])


def flow_tag(flow: DataFlow) -> Tag:
    return Tag(flow.get_status_display(), _FLOW[flow.status])


def assessment_tag(assessment: Assessment) -> Tag:
    if assessment.is_review_due:
        return Tag(Assessment.State.REVIEW_DUE.label, _ASSESSMENT["REVIEW_DUE"])
    return Tag(assessment.get_state_display(), _ASSESSMENT[assessment.state])


def personal_data_tag(dataset: Dataset) -> Tag:
    return Tag(dataset.get_personal_data_display(), _PERSONAL_DATA.get(dataset.personal_data, "purple"))


def refresh_tag(dataset: Dataset) -> Tag:
    """Late, due but not late yet, due soon, on time, or nothing due."""
    if dataset.is_withdrawn:
        return Tag(_("Withdrawn"), "grey")
    if dataset.next_due_on is None:
        return Tag(_("None due"), "grey")
    if dataset.is_late:
        return Tag(_("Late"), "red")
    if dataset.next_due_on <= today():
        return Tag(_("Due"), "orange")
    if dataset.next_due_on <= today() + timedelta(days=DUE_SOON_DAYS):
        return Tag(_("Due soon"), "yellow")
    return Tag(_("On time"), "green")
