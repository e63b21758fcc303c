"""The record that an address names, inside its programme, or 404 for those who may not see it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from datasharing.models import Assessment, DataFlow, Dataset, FlowController, Refresh
from programmes.models import Programme
from programmes.views.pages import programme_page
from xgov.access import rules

Context = dict[str, Any]


def _record_page(request: HttpRequest, of: str, records: QuerySet, **lookup: Any) -> tuple[Programme, Any, Context]:
    programme, context = programme_page(request, of)
    record = rules.find(records, request.user, programme=programme, **lookup)
    record.programme = programme
    context |= {"record": record, "permissions": rules.permissions_on(request.user, record)}
    return programme, record, context


def dataset_page(request: HttpRequest, reference: str, dataset: str) -> tuple[Programme, Dataset, Context]:
    return _record_page(request, reference, Dataset.objects.for_a_list(), reference=dataset)


def flow_page(request: HttpRequest, reference: str, flow: str) -> tuple[Programme, DataFlow, Context]:
    return _record_page(request, reference, DataFlow.objects.with_what_live_needs(), reference=flow)


def assessment_page(request: HttpRequest, reference: str, assessment: str) -> tuple[Programme, Assessment, Context]:
    return _record_page(request, reference, Assessment.objects.select_related("kept_by"), reference=assessment)


def refresh_page(request: HttpRequest, reference: str, refresh: int) -> tuple[Programme, Refresh, Context]:
    return _record_page(request, reference, Refresh.objects.select_related("dataset__kept_by"), pk=refresh)


def part_page(request: HttpRequest, reference: str, part: int) -> tuple[Programme, FlowController, Context]:
    found = FlowController.objects.select_related("department", "flow__dataset")
    return _record_page(request, reference, found, pk=part)
