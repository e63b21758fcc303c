"""What the data-sharing plan asks of a programme that is being set up."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasharing.models import DataSharingPlan
from programmes.models import Programme
from programmes.set_up import State, Task, set_up_section
from xgov.records.fields import Marking


@set_up_section("data-sharing", gettext_lazy("Share data lawfully"), order=70)
def share_data_lawfully(programme: Programme) -> Iterator[Task]:
    if programme.data_moves == Programme.DataMoves.NO:
        return
    # Everybody who sees the programme reads this, so a marked plan is not told of.
    plans = DataSharingPlan.objects.filter(programme=programme).exclude(marking=Marking.OFFICIAL_SENSITIVE)
    plan = plans.first()
    if plan is None:
        state, why = State.NOT_STARTED, ""
    elif plan.status == DataSharingPlan.Status.AGREED:
        state, why = State.COMPLETED, ""
    else:
        state, why = State.IN_PROGRESS, _("The plan is not agreed yet.")
    page = reverse("datasharing:plan", args=[programme.reference])
    yield Task(_("Agree the data-sharing plan"), page, state, why=why)
