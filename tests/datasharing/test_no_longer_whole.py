"""A live flow that has lost something it needs: who is told, and that it does not go live again."""

import pytest
from django.urls import reverse

from datasharing import actions, board_sections
from datasharing.models import DataFlow
from programmes.actions import withdraw_department
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories.datasharing import make_dataset, make_whole_flow
from xgov.papers.sections import Brief
from xgov.records.clock import now
from xgov.records.errors import RuleBroken


@pytest.fixture
def live(cast: Cast) -> DataFlow:
    flow = make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    actions.make_ready(flow, by=cast.manager)
    return actions.go_live(flow, by=cast.manager)


def let_dwp_leave(cast: Cast) -> None:
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    withdraw_department(party, by=cast.manager, reason="The money is needed elsewhere.")


def test_a_flow_of_a_department_that_left_is_flagged_on_its_page_the_plan_and_in_the_pack(
    cast: Cast, live: DataFlow
) -> None:
    let_dwp_leave(cast)
    client = client_of(cast.manager)
    page = client.get(live.get_absolute_url()).content.decode()
    assert "Live, but it could not go live today" in page
    assert "DWP is no longer in this programme." in page
    plan = client.get(reverse("datasharing:plan", args=["RS-001"])).content.decode()
    assert "is live, but something that it needs is missing" in plan
    values = board_sections.refreshes(Brief([cast.programme], None, None, now(), cast.sro))
    assert f"Live but no longer whole: {live.reference}." in values["summary"]


def test_a_flow_of_a_department_that_left_may_be_paused_but_not_resumed(cast: Cast, live: DataFlow) -> None:
    let_dwp_leave(cast)
    actions.pause_flow(live, by=cast.manager, reason="DWP has left.")
    with pytest.raises(RuleBroken, match="DWP is no longer in this programme"):
        actions.go_live(live, by=cast.manager)
    assert actions.end_flow(live, by=cast.manager, reason="DWP has left.").status == "ENDED"


def test_a_flow_whose_processor_left_may_not_go_live(cast: Cast, live: DataFlow) -> None:
    contract = {"role": "PROCESSOR", "arrangement": "Contract 7", "regime": "UK_GDPR_PART2"}
    actions.add_part(live, by=cast.manager, department=cast.moj, **contract)
    party = Party.objects.get(programme=cast.programme, department=cast.moj)
    withdraw_department(party, by=cast.manager, reason="The money is needed elsewhere.")
    actions.pause_flow(live, by=cast.manager, reason="MOJ has left.")
    with pytest.raises(RuleBroken, match="MOJ is no longer in this programme"):
        actions.go_live(live, by=cast.manager)
