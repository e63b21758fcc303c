"""What the data-sharing plan says to the readiness question "What data must move?".

Everybody who sees the programme reads these words: they name no dataset and count none, so they give nothing away that
is marked OFFICIAL-SENSITIVE.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from datasharing.before_live import missing_before_live
from datasharing.models import DataFlow, DataSharingPlan
from programmes.models import Programme
from programmes.readiness import Answer, Finding, evidence


@evidence("R4")
def data_sharing_plan(programme: Programme) -> Iterator[Finding]:
    page = reverse("datasharing:plan", args=[programme.reference])
    plan = DataSharingPlan.objects.filter(programme=programme).first()
    if plan is not None:
        yield from _of_plan(plan, page)
        yield from _of_flows(programme, page)


def _of_plan(plan: DataSharingPlan, page: str) -> Iterator[Finding]:
    if plan.status == DataSharingPlan.Status.AGREED:
        yield Finding(Answer.CLEAR, _("There is a data-sharing plan, and it is agreed."), page)
    else:
        yield Finding(Answer.VAGUE, _("There is a data-sharing plan, but it is not agreed."), page)
    if not plan.minimum_dataset:
        yield Finding(Answer.VAGUE, _("The plan does not say what is the least data that will do."), page)


def _of_flows(programme: Programme, page: str) -> Iterator[Finding]:
    flows = list(DataFlow.objects.filter(programme=programme).not_ended().with_what_live_needs())
    if not flows:
        yield Finding(Answer.VAGUE, _("No flow between departments has been recorded."), page)
    elif any(missing_before_live(flow) for flow in flows):
        words = _(
            "A flow lacks something that data needs before it may move, such as its lawful basis or impact assessment."
        )
        yield Finding(Answer.VAGUE, words, page)
    else:
        words = _("Each flow has its lawful basis, power to share, impact assessment and how long the data is kept.")
        yield Finding(Answer.CLEAR, words, page)
