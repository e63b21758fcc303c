from itertools import count

from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan, FlowController, QualityCheck, Refresh
from programmes.models import Programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today

_numbers = count(1)


def make_plan(programme: Programme, **fields) -> DataSharingPlan:
    fields.setdefault("purpose", "Nobody knows who is on the street and in touch with another department.")
    fields.setdefault("kept_by", programme.lead)
    with acting(SETTING_THE_SCENE):
        return DataSharingPlan.objects.create(programme=programme, **fields)


def make_dataset(programme: Programme, kept_by: Department, **fields) -> Dataset:
    number = next(_numbers)
    fields.setdefault("reference", f"DS-{number:04}")
    fields.setdefault("name", f"Records of support {number}")
    received = fields.pop("last_received_on", None)
    dataset = Dataset(programme=programme, kept_by=kept_by, **fields)
    dataset.reckon(received)
    with acting(SETTING_THE_SCENE):
        dataset.save()
    return dataset


def make_refresh(dataset: Dataset, recorded_by: User, **fields) -> Refresh:
    fields.setdefault("received_on", today())
    with acting(SETTING_THE_SCENE):
        return Refresh.objects.create(
            programme=dataset.programme, dataset=dataset, recorded_by=recorded_by, **fields
        )  # fmt: skip


def make_quality_check(dataset: Dataset, **fields) -> QualityCheck:
    fields.setdefault("dimension", QualityCheck.Dimension.COMPLETENESS)
    fields.setdefault("target_percent", 95)
    with acting(SETTING_THE_SCENE):
        return QualityCheck.objects.create(programme=dataset.programme, dataset=dataset, **fields)


def make_assessment(programme: Programme, **fields) -> Assessment:
    number = next(_numbers)
    fields.setdefault("reference", f"DPIA-{number:04}")
    fields.setdefault("title", f"Assessment {number}")
    fields.setdefault("kept_by", programme.lead)
    if fields.get("state") in {"APPROVED", "SCREENED_NOT_NEEDED", "REJECTED"}:
        fields.setdefault("reviewer", "Dora Protection")
        fields.setdefault("decided_on", today())
        fields.setdefault("decision_reason", "The risks are small and known.")
    with acting(SETTING_THE_SCENE):
        return Assessment.objects.create(programme=programme, **fields)


def make_flow(dataset: Dataset, to_department: Department, **fields) -> DataFlow:
    number = next(_numbers)
    fields.setdefault("reference", f"DF-{number:04}")
    fields.setdefault("purpose", "Finding people who are owed support.")
    fields.setdefault("kept_by", dataset.programme.lead)
    fields.setdefault("from_department", dataset.kept_by)
    with acting(SETTING_THE_SCENE):
        return DataFlow.objects.create(
            programme=dataset.programme, dataset=dataset, to_department=to_department, **fields
        )  # fmt: skip


A_WHOLE_PART = {
    "lawful_basis": "6_1_E",
    "basis_provision": "Housing Act 1996, Part 7",
    "power": "EXPRESS_STATUTE",
    "power_provision": "Digital Economy Act 2017, section 35",
}


def make_part(flow: DataFlow, department: Department, **fields) -> FlowController:
    with acting(SETTING_THE_SCENE):
        return FlowController.objects.create(programme=flow.programme, flow=flow, department=department, **fields)


def make_whole_flow(dataset: Dataset, to_department: Department, **fields) -> DataFlow:
    """A flow of personal data that lacks nothing."""
    fields.setdefault("assessment", make_assessment(dataset.programme, state="APPROVED"))
    fields = {"retention_months": 24, "retention_trigger": "LAST_USE", "retention_action": "DELETE"} | fields
    flow = make_flow(dataset, to_department, **fields)
    for department in (flow.from_department, flow.to_department):
        make_part(flow, department, **A_WHOLE_PART)
    return flow
