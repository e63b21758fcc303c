"""A live flow that has lost something it needs: who is told, and that it does not go live again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from datasharing import actions, attention, board_sections
from datasharing.models import DataFlow
from programmes.actions import withdraw_department
from programmes.models import Party, Programme
from tests.cast import Cast, client_of
from tests.factories import make_programme
from tests.factories.datasharing import make_dataset, make_flow, make_whole_flow
from xgov.access.standing import remembering
from xgov.pages.attention import Signal
from xgov.pages.values import day
from xgov.papers.sections import Brief
from xgov.records.clock import now, today
from xgov.records.errors import RuleBroken


@pytest.fixture
def live(cast: Cast) -> DataFlow:
    flow = make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    actions.make_ready(flow, by=cast.manager)
    return actions.go_live(flow, by=cast.manager)


def let_dwp_leave(cast: Cast) -> None:
    party = Party.objects.get(programme=cast.programme, department=cast.dwp)
    withdraw_department(party, by=cast.manager, reason="The money is needed elsewhere.")


def reject_dpia(flow: DataFlow, cast: Cast) -> None:
    actions.change_assessment(
        flow.assessment, by=cast.manager, state="REJECTED", decision_reason="Too much is matched.",
    )  # fmt: skip


def signalled(cast: Cast, who: str) -> list[Signal]:
    return list(attention.broken_flows(getattr(cast, who), [cast.programme.pk]))


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


@pytest.mark.parametrize("who", ["manager", "sro"])
def test_those_who_run_the_programme_are_told_of_a_live_flow_whose_assessment_was_rejected(
    cast: Cast, live: DataFlow, who: str
) -> None:
    assert signalled(cast, who) == []
    reject_dpia(live, cast)
    (signal,) = signalled(cast, who)
    assert str(signal.words) == "1 live data flow is no longer whole"
    client = client_of(getattr(cast, who))
    assert live.reference in client.get(signal.url).content.decode()
    assert str(signal.words) in client.get(reverse("home")).content.decode()
    assert str(signal.words) in client.get(cast.programme.get_absolute_url()).content.decode()


def test_a_department_that_leaves_is_told_as_a_flow_no_longer_whole(cast: Cast, live: DataFlow) -> None:
    let_dwp_leave(cast)
    assert [signal.count for signal in signalled(cast, "manager")] == [1]
    actions.pause_flow(live, by=cast.manager, reason="DWP has left.")
    assert signalled(cast, "manager") == []


def test_a_sensitive_flow_that_is_broken_is_no_signal_to_who_may_not_see_it(cast: Cast) -> None:
    hidden = make_dataset(cast.programme, cast.dwp, marking="OFFICIAL_SENSITIVE")
    make_flow(hidden, cast.mhclg, status="LIVE", live_since=today())
    assert len(signalled(cast, "sro")) == 1
    assert signalled(cast, "viewer") == []


def test_signals_of_flows_cost_the_same_for_one_and_for_six(cast: Cast, django_assert_max_num_queries) -> None:
    make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg, status="LIVE", live_since=today())
    with remembering(), django_assert_max_num_queries(12) as one:
        signalled(cast, "manager")
    for _ in range(6):
        another = make_programme(cast.mhclg, (cast.dwp,))
        make_flow(make_dataset(another, cast.dwp), cast.mhclg, status="LIVE", live_since=today())
    with remembering(), django_assert_max_num_queries(len(one)):
        found = attention.broken_flows(cast.manager, Programme.objects.values_list("pk", flat=True))
        assert len(list(found)) == 7


def test_the_pack_names_what_a_live_flow_lacks(cast: Cast, live: DataFlow) -> None:
    reject_dpia(live, cast)
    (row,) = board_sections.refreshes(Brief([cast.programme], None, None, now(), cast.sro))["rows"]
    words = "is live but no longer whole: The data protection impact assessment (DPIA) is not approved: rejected."
    assert words in row["words"]


def test_the_pack_names_the_first_things_of_many_that_a_live_flow_lacks(cast: Cast) -> None:
    make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg, status="LIVE", live_since=today())
    (row,) = board_sections.refreshes(Brief([cast.programme], None, None, now(), cast.sro))["rows"]
    assert "DWP has not recorded its part" in row["words"]
    assert row["words"].endswith("1 more thing is missing.")


def test_an_assessment_is_rejected_only_for_a_reason(cast: Cast, live: DataFlow) -> None:
    with pytest.raises(RuleBroken, match="Say why the assessment is rejected"):
        actions.change_assessment(live.assessment, by=cast.manager, state="REJECTED", decision_reason="")


def test_a_late_dataset_of_a_department_that_has_left_is_not_said_to_be_provided_by_it(cast: Cast) -> None:
    late = make_dataset(cast.programme, cast.dwp, first_due_on=today() - timedelta(days=9))
    client, plan = client_of(cast.manager), reverse("datasharing:plan", args=[cast.programme.reference])
    assert "provides it: find out when it comes" in client.get(late.get_absolute_url()).text
    assert "DWP provides it." in client.get(plan).text
    let_dwp_leave(cast)
    gone = f"which provided it, left the programme on {day(today())}"
    page = client.get(late.get_absolute_url()).text
    assert f"Department for Work and Pensions, {gone}: agree who provides it from now on" in page
    assert f"Left the programme on {day(today())}" in page
    assert f"DWP, {gone}." in client.get(plan).text
    (row,) = board_sections.refreshes(Brief([cast.programme], None, None, now(), cast.sro))["rows"]
    assert f"9 days late. DWP, {gone}." in row["words"]
