"""What a flow may say of itself, and what asking about flows costs."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from datasharing import actions
from datasharing.before_live import missing_before_live, warnings_about
from datasharing.models import DataFlow, Dataset
from tests.cast import Cast
from tests.factories import make_programme
from tests.factories.datasharing import (
    make_assessment,
    make_dataset,
    make_flow,
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


def test_data_cannot_flow_to_where_it_comes_from(cast: Cast, dataset: Dataset) -> None:
    with pytest.raises(RuleBroken, match="not to itself"):
        actions.add_flow(
            cast.programme, by=cast.manager, dataset=dataset, from_department=cast.dwp, to_department=cast.dwp,
            purpose="x",
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        make_flow(dataset, cast.dwp)


def test_data_does_not_flow_to_a_department_that_takes_no_part(cast: Cast, dataset: Dataset) -> None:
    with pytest.raises(RuleBroken, match="Department for Transport takes no part") as refused:
        actions.add_flow(
            cast.programme, by=cast.manager, dataset=dataset, from_department=cast.dwp, to_department=cast.dft,
            purpose="x",
        )  # fmt: skip
    assert refused.value.field == "to_department"


def test_another_programmes_dataset_or_assessment_cannot_be_used(cast: Cast, dataset: Dataset) -> None:
    other = make_programme(cast.mhclg, (cast.dwp,))
    ends = {"from_department": cast.dwp, "to_department": cast.mhclg, "purpose": "x"}
    with pytest.raises(RuleBroken, match="belongs to another programme"):
        actions.add_flow(cast.programme, by=cast.manager, dataset=make_dataset(other, cast.dwp), **ends)
    with pytest.raises(RuleBroken, match="belongs to another programme"):
        actions.add_flow(
            cast.programme, by=cast.manager, dataset=dataset, assessment=make_assessment(other), **ends
        )  # fmt: skip


@pytest.mark.parametrize(
    "retention",
    [
        {"retention_months": 6, "retention_trigger": "", "retention_action": "DELETE"},
        {"retention_months": None, "retention_trigger": "CREATION", "retention_action": "DELETE"},
        {"retention_months": 2000, "retention_trigger": "CREATION", "retention_action": "DELETE"},
    ],
)
def test_retention_is_whole_or_not_there(cast: Cast, dataset: Dataset, retention: dict) -> None:
    with pytest.raises(ValidationError):
        actions.add_flow(
            cast.programme, by=cast.manager, dataset=dataset, from_department=cast.dwp, to_department=cast.mhclg,
            purpose="x", **retention,
        )  # fmt: skip


def test_flows_are_numbered_one_after_the_other(cast: Cast, dataset: Dataset) -> None:
    ends = {"dataset": dataset, "from_department": cast.dwp, "to_department": cast.mhclg, "purpose": "x"}
    made = [actions.add_flow(cast.programme, by=cast.manager, **ends).reference for _ in range(2)]
    assert made == ["DF-0001", "DF-0002"]


def test_a_partner_may_not_change_the_flow_itself(cast: Cast, whole: DataFlow) -> None:
    with pytest.raises(PermissionDenied):
        actions.change_flow(whole, by=cast.contributor, purpose="Anything.")


def test_an_overdue_review_of_the_assessment_is_a_warning(cast: Cast, whole: DataFlow) -> None:
    change(whole.assessment, review_on=date(2026, 1, 1))
    assert missing(whole) == ""
    assert any("review" in words for words in warnings_about(whole))


def test_looking_at_what_is_missing_costs_the_same_for_one_flow_and_for_six(
    cast: Cast, dataset: Dataset, django_assert_num_queries
) -> None:
    make_whole_flow(dataset, cast.mhclg)
    for total in (1, 7):
        with django_assert_num_queries(3):
            flows = list(DataFlow.objects.with_what_live_needs())
            assert [missing_before_live(flow) for flow in flows] == [[]] * total
            assert not any(warnings_about(flow) for flow in flows)
        for _ in range(6):
            make_whole_flow(dataset, cast.moj)
