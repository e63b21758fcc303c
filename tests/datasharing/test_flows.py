"""What must be in place before data moves, and what may not be lost while it does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from datasharing import actions
from datasharing.before_live import missing_before_live, warnings_about
from datasharing.models import DataFlow, Dataset
from tests.cast import Cast
from tests.factories import make_department, make_party
from tests.factories.datasharing import (
    make_dataset,
    make_flow,
    make_part,
    make_whole_flow,
)
from xgov.records.acting import acting, system_signer
from xgov.records.errors import RuleBroken


def missing(flow: DataFlow) -> str:
    whole = DataFlow.objects.with_what_live_needs().get(pk=flow.pk)
    return " ".join(each.words for each in missing_before_live(whole))


@pytest.fixture
def dataset(cast: Cast) -> Dataset:
    return make_dataset(cast.programme, cast.dwp)


@pytest.fixture
def whole(cast: Cast, dataset: Dataset) -> DataFlow:
    return make_whole_flow(dataset, cast.mhclg)


def change(record, **values) -> None:
    with acting(system_signer("test")):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_a_flow_that_lacks_nothing_goes_from_draft_to_ready_to_live(cast: Cast, whole: DataFlow) -> None:
    assert missing(whole) == ""
    assert actions.make_ready(whole, by=cast.manager).status == "READY"
    live = actions.go_live(whole, by=cast.sro)
    assert (live.status, live.live_since is not None) == ("LIVE", True)
    assert live.history.first().history_user == cast.sro


def test_a_new_flow_of_personal_data_says_everything_it_lacks(cast: Cast, dataset: Dataset) -> None:
    flow = make_flow(dataset, cast.mhclg)
    words = missing(flow)
    assert "DWP has not recorded its part" in words
    assert "MHCLG has not recorded its part" in words
    assert "no data protection impact assessment" in words
    assert "how long the data is kept" in words
    with pytest.raises(RuleBroken, match=r"Data may not move yet\. DWP has not recorded"):
        actions.make_ready(flow, by=cast.manager)


def test_data_about_nobody_needs_neither_basis_nor_assessment(cast: Cast) -> None:
    flow = make_flow(make_dataset(cast.programme, cast.dwp, personal_data="NONE"), cast.mhclg)
    assert missing(flow) == ""
    actions.make_ready(flow, by=cast.manager)
    assert actions.go_live(flow, by=cast.manager).status == "LIVE"


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({"lawful_basis": ""}, "DWP: no lawful basis is recorded yet"),
        ({"basis_provision": ""}, "needs the law that gives the function"),
        ({"lawful_basis": "6_1_A"}, "how people are asked and how they can withdraw"),
        ({"lawful_basis": "6_1_F", "officer_name": "D", "officer_reason": "r"}, "legitimate interests assessment"),
        ({"power": ""}, "no power to share is recorded yet"),
        ({"power_provision": ""}, "needs its Act and section"),
        ({"power": "NONE_NON_PERSONAL"}, "cannot be shared without a power"),
        ({"regime": "NON_PERSONAL", "lawful_basis": ""}, "regime says that there is no personal data"),
        ({"role": "JOINT_CONTROLLER"}, "Only one department is a joint controller"),
        ({"role": "JOINT_CONTROLLER"}, "need an arrangement between them"),
        ({"role": "PROCESSOR"}, "a processor needs a contract"),
        ({"role": "RECIPIENT_NON_PERSONAL"}, "takes part without personal data"),
    ],
)
def test_each_controller_needs_a_basis_and_a_power_of_its_own(
    cast: Cast, whole: DataFlow, lacks: dict[str, str], words: str
) -> None:
    change(whole.controllers.get(department=cast.dwp), **lacks)
    assert words in missing(whole)
    with pytest.raises(RuleBroken, match="may not move yet"):
        actions.make_ready(whole, by=cast.manager)


def test_somebody_must_be_the_controller(cast: Cast, whole: DataFlow) -> None:
    for part in whole.controllers.all():
        change(part, role="PROCESSOR", arrangement="Contract 1")
    assert "No department is the controller" in missing(whole)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("DRAFT", False), ("DPO_REVIEW", False), ("CONSULTING_REGULATOR", False), ("APPROVED", True),
        ("SCREENED_NOT_NEEDED", True), ("REVIEW_DUE", False), ("REJECTED", False),
    ],
)  # fmt: skip
def test_data_moves_only_once_the_assessment_lets_it(cast: Cast, whole: DataFlow, state: str, moves: bool) -> None:
    change(whole.assessment, state=state)
    assert ("is not approved" not in missing(whole)) is moves


def test_hmrc_discloses_only_through_a_gateway_even_what_is_not_personal(cast: Cast) -> None:
    hmrc = make_department("HM Revenue & Customs", "HMRC", slug="hm-revenue-customs")
    make_party(cast.programme, hmrc)
    flow = make_flow(make_dataset(cast.programme, hmrc, personal_data="NONE"), cast.mhclg)
    assert "HMRC may not disclose without a gateway in an Act" in missing(flow)
    part = make_part(flow, hmrc, regime="NON_PERSONAL", power="COMMON_LAW_CROWN")
    with pytest.raises(RuleBroken, match="gateway"):
        actions.make_ready(flow, by=cast.manager)
    change(part, power="EXPRESS_STATUTE", power_provision="Digital Economy Act 2017, section 35")
    assert missing(flow) == ""


def test_a_department_with_a_confidentiality_law_of_its_own_is_a_warning_not_a_block(whole: DataFlow) -> None:
    assert warnings_about(whole) == []
    change(whole.controllers.get(department=whole.from_department), power="COMMON_LAW_CROWN", power_provision="")
    whole = DataFlow.objects.with_what_live_needs().get(pk=whole.pk)
    assert missing(whole) == ""
    assert "Social Security Administration Act 1992" in " ".join(warnings_about(whole))


def test_special_category_data_needs_a_condition_and_its_schedule_1_paragraph(cast: Cast, whole: DataFlow) -> None:
    change(whole.dataset, personal_data="SPECIAL_CATEGORY")
    assert "DWP: special category data needs a condition" in missing(whole)
    for part in whole.controllers.all():
        change(part, special_condition="9_2_G", schedule_1_paragraph="S1_2")
    assert "also needs a condition in Part 2 of Schedule 1" in missing(whole)
    for part in whole.controllers.all():
        change(part, schedule_1_paragraph="S1_6")
    assert "needs an appropriate policy document" in missing(whole)
    for part in whole.controllers.all():
        change(part, policy_document="On the department's site")
    assert missing(whole) == ""


def test_criminal_offence_data_needs_official_authority_or_schedule_1(cast: Cast, whole: DataFlow) -> None:
    change(whole.dataset, personal_data="CRIMINAL")
    assert "needs official authority" in missing(whole)
    first, second = whole.controllers.all()
    change(first, criminal_route="OFFICIAL_AUTHORITY")
    change(second, criminal_route="SCHEDULE_1")
    assert "name the condition of Schedule 1" in missing(whole)
    change(second, schedule_1_paragraph="S1_33")
    assert missing(whole) == ""


def test_the_two_ends_may_work_under_different_regimes(cast: Cast, whole: DataFlow) -> None:
    change(
        whole.controllers.get(department=cast.dwp), regime="DPA_PART3_LE", lawful_basis="LE_TASK",
        basis_provision="Police Act 1996",
    )  # fmt: skip
    assert missing(whole) == ""


def test_a_live_flow_may_not_lose_its_retention(cast: Cast, whole: DataFlow) -> None:
    actions.make_ready(whole, by=cast.manager)
    actions.go_live(whole, by=cast.manager)
    gone = {"retention_months": None, "retention_trigger": "", "retention_action": ""}
    with pytest.raises(RuleBroken, match=r"This flow is live.*Pause the flow first"), transaction.atomic():
        actions.change_flow(whole, by=cast.manager, **gone)
    whole.refresh_from_db()
    assert whole.retention_months == 24
    actions.pause_flow(whole, by=cast.manager, reason="To look at retention.")
    assert actions.change_flow(whole, by=cast.manager, **gone).retention_months is None
    with pytest.raises(RuleBroken, match="how long the data is kept"):
        actions.go_live(whole, by=cast.manager)


def test_a_partner_may_not_take_the_basis_away_from_a_live_flow(cast: Cast, whole: DataFlow) -> None:
    actions.make_ready(whole, by=cast.manager)
    actions.go_live(whole, by=cast.manager)
    part = whole.controllers.get(department=cast.dwp)
    with pytest.raises(RuleBroken, match="no power to share"), transaction.atomic():
        actions.change_part(part, by=cast.contributor, power="", power_provision="")


def test_either_department_of_a_flow_may_pause_it_but_not_start_it_again(cast: Cast, whole: DataFlow) -> None:
    actions.make_ready(whole, by=cast.manager)
    actions.go_live(whole, by=cast.manager)
    with pytest.raises(PermissionDenied):
        actions.pause_flow(whole, by=cast.viewer, reason="No.")
    paused = actions.pause_flow(whole, by=cast.contributor, reason="A file went to the wrong folder.")
    assert (paused.status, paused.status_reason) == ("PAUSED", "A file went to the wrong folder.")
    with pytest.raises(PermissionDenied):
        actions.go_live(whole, by=cast.contributor)
    assert actions.go_live(whole, by=cast.manager).status == "LIVE"


def test_a_flow_that_ended_stays_ended(cast: Cast, whole: DataFlow) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        actions.end_flow(whole, by=cast.manager, reason="")
    actions.end_flow(whole, by=cast.manager, reason="The pilot is over.")
    for verb in (actions.make_ready, actions.go_live):
        with pytest.raises(RuleBroken):
            verb(whole, by=cast.manager)
    with pytest.raises(RuleBroken, match="has ended"):
        actions.change_flow(whole, by=cast.manager, purpose="Another")
    with pytest.raises(RuleBroken, match="has ended"):
        actions.add_part(whole, by=cast.manager, department=cast.moj)


def test_a_draft_cannot_jump_to_live(cast: Cast, whole: DataFlow) -> None:
    with pytest.raises(RuleBroken, match="ready or paused"):
        actions.go_live(whole, by=cast.manager)


def test_data_may_not_have_moved_before_the_assessment_was_decided(cast: Cast, whole: DataFlow) -> None:
    change(whole.assessment, decided_on=date(2026, 3, 1))
    actions.make_ready(whole, by=cast.manager)
    with pytest.raises(RuleBroken, match="before the DPIA was decided"):
        actions.go_live(whole, by=cast.manager, first_transfer_on=date(2026, 2, 28))
    with pytest.raises(RuleBroken, match="today or in the past"):
        actions.go_live(whole, by=cast.manager, first_transfer_on=date(2999, 1, 1))
    assert actions.go_live(whole, by=cast.manager, first_transfer_on=date(2026, 3, 2)).live_since == date(2026, 3, 2)
