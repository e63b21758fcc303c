"""What of data sharing may be found: plans, datasets, flows and impact assessments."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan
from datasharing.tags import assessment_tag, flow_tag, plan_tag, refresh_tag
from xgov.accounts.models import User
from xgov.pages.search import Kind, ListOfAll, findable


def plans(person: User) -> QuerySet[DataSharingPlan]:
    return DataSharingPlan.objects.visible_to(person).select_related("programme")


def datasets(person: User) -> QuerySet[Dataset]:
    return Dataset.objects.visible_to(person).select_related("programme")


def flows(person: User) -> QuerySet[DataFlow]:
    flows = DataFlow.objects.visible_to(person)
    return flows.select_related("programme", "dataset", "from_department", "to_department")


def assessments(person: User) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(person).select_related("programme")


def title_of(flow: DataFlow) -> str:
    return f"{flow.dataset.name}, {flow.from_department.short_name} → {flow.to_department.short_name}"


findable(
    Kind(
        "plans", _("Data-sharing plans"), order=60, seen_by=plans, name="programme__name", title=str,
        texts=("purpose", "outcome_served", "minimum_dataset"), state=lambda plan: plan_tag(plan).words,
    )
)  # fmt: skip
findable(
    Kind(
        "datasets", _("Datasets"), order=62, seen_by=datasets, reference="reference", name="name",
        texts=("description", "information_asset_owner"), state=lambda dataset: refresh_tag(dataset).words,
        lists=ListOfAll("datasharing:datasets"),
    )
)  # fmt: skip
findable(
    Kind(
        "flows", _("Data flows"), order=64, seen_by=flows, reference="reference", name="dataset__name", title=title_of,
        texts=("purpose", "use_limits"), also=("from_department__name", "to_department__name"),
        state=lambda flow: flow_tag(flow).words,
    )
)  # fmt: skip
findable(
    Kind(
        "assessments", _("Data protection impact assessments (DPIAs)"), order=66, seen_by=assessments,
        reference="reference", name="title", state=lambda assessment: assessment_tag(assessment).words,
    )
)  # fmt: skip
