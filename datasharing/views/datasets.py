from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from datasharing import actions
from datasharing.forms import DatasetForm, QualityCheckForm, ReasonForm, RefreshForm
from datasharing.models import DataFlow, Dataset, QualityCheck
from datasharing.registers import DATASETS
from datasharing.tags import flow_tag, personal_data_tag, refresh_tag
from datasharing.views.asking import ask
from datasharing.views.finding import dataset_page, refresh_page
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.registers import register_page

NEWEST = 12  # refreshes shown on the page; the history has all


@require_safe
def dataset_list(request: HttpRequest, reference: str) -> HttpResponseBase:
    programme, context = programme_page(request, reference, active="data-sharing")
    request.programme = programme
    datasets = Dataset.objects.visible_to(request.user).filter(programme=programme)
    context["heading"] = _("Datasets")
    if Permission.CONTRIBUTE in context["programme_permissions"]:
        context["primary_action"] = _("Add a dataset")
        context["primary_url"] = reverse("datasharing:dataset-add", args=[programme.reference])
    return register_page(
        request, DATASETS, datasets, template="programmes/programme_register.html", context=context, door=programme
    )


@require_safe
def dataset(request: HttpRequest, reference: str, dataset: str) -> HttpResponse:
    _programme, record, context = dataset_page(request, reference, dataset)
    refreshes = list(record.refreshes.select_related("recorded_by")[: NEWEST + 1])
    flows = DataFlow.objects.visible_to(request.user).filter(dataset=record)
    context |= {
        "tags": [refresh_tag(record), personal_data_tag(record)],
        "refreshes": refreshes[:NEWEST],
        "has_more_refreshes": len(refreshes) > NEWEST,
        "quality": _quality_of(record),
        "flows": [
            (flow, flow_tag(flow))
            for flow in flows.select_related("programme", "dataset", "from_department", "to_department")
        ],
    }
    return render(request, "datasharing/dataset.html", context)


def _quality_of(record: Dataset) -> list[tuple[str, QualityCheck | None]]:
    """The newest check of each of the six dimensions."""
    newest: dict[str, QualityCheck] = {}
    for check in record.quality_checks.newest_first():
        newest.setdefault(check.dimension, check)
    return [(label, newest.get(code)) for code, label in QualityCheck.Dimension.choices] if newest else []


@require_http_methods(["GET", "POST"])
def add_dataset(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="data-sharing")
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    form = DatasetForm(request.POST or None, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(actions.add_dataset, programme, by=request.user, **form.answers):
        messages.success(request, _("Dataset %(reference)s added.") % {"reference": form.result.reference})
        another = "another" in request.POST
        return redirect(reverse("datasharing:dataset-add", args=[reference]) if another else form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Add a dataset"),
        action=_("Add dataset"),
        another=_("Save and add another"),
        cancel=reverse("datasharing:plan", args=[reference]),
    )


@require_http_methods(["GET", "POST"])
def change_dataset(request: HttpRequest, reference: str, dataset: str) -> HttpResponse:
    programme, record, context = dataset_page(request, reference, dataset)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    cancel, caption = record.get_absolute_url(), str(record)
    form = DatasetForm(request.POST or None, instance=record, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(
        actions.change_dataset, record, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("Dataset %(reference)s changed.") % {"reference": record.reference})
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Change dataset"),
        caption=caption,
        action=_("Save dataset"),
        cancel=cancel,
    )


@require_http_methods(["GET", "POST"])
def withdraw_dataset(request: HttpRequest, reference: str, dataset: str) -> HttpResponse:
    _programme, record, context = dataset_page(request, reference, dataset)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    form = ReasonForm(request.POST or None, label=_("Why is it withdrawn?"))
    if form.is_valid() and form.carry_out(actions.withdraw_dataset, record, by=request.user, **form.answers):
        messages.success(request, _("Dataset %(reference)s withdrawn.") % {"reference": record.reference})
        return redirect(record)
    return ask(
        request,
        context,
        form,
        heading=_("Withdraw this dataset"),
        caption=str(record),
        danger=True,
        action=_("Withdraw dataset"),
        cancel=record.get_absolute_url(),
        intro=_("It will no longer be due or late, and nothing more can be recorded for it. Its history stays."),
    )


@require_http_methods(["GET", "POST"])
def record_refresh(request: HttpRequest, reference: str, dataset: str) -> HttpResponse:
    _programme, record, context = dataset_page(request, reference, dataset)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    form = RefreshForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.record_refresh, record, by=request.user, **form.answers):
        messages.success(request, _("Refresh of %(reference)s recorded.") % {"reference": record.reference})
        return redirect(record)
    return ask(
        request,
        context,
        form,
        heading=_("Record a refresh"),
        caption=str(record),
        action=_("Record refresh"),
        cancel=record.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def strike_out_refresh(request: HttpRequest, reference: str, refresh: int) -> HttpResponse:
    _programme, record, context = refresh_page(request, reference, refresh)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    form = ReasonForm(request.POST or None, label=_("Why should it not count?"))
    if form.is_valid() and form.carry_out(actions.strike_out_refresh, record, by=request.user, **form.answers):
        messages.success(request, _("The refresh has been struck out."))
        return redirect(record.dataset)
    return ask(
        request,
        context,
        form,
        heading=_("Strike out a refresh"),
        caption=str(record),
        danger=True,
        action=_("Strike out"),
        cancel=record.get_absolute_url(),
        intro=_(
            "It stays on the page, struck out, with your reason. The next due date is worked out again without it."
        ),
    )


@require_http_methods(["GET", "POST"])
def check_quality(request: HttpRequest, reference: str, dataset: str) -> HttpResponse:
    programme, record, context = dataset_page(request, reference, dataset)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    asked = request.GET.get("dimension", "")
    initial = {"dimension": asked} if asked in QualityCheck.Dimension.values else {}
    form = QualityCheckForm(request.POST or None, initial=initial, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(actions.record_quality_check, record, by=request.user, **form.answers):
        messages.success(request, _("Quality check of %(reference)s recorded.") % {"reference": record.reference})
        another = "another" in request.POST
        return redirect(request.path if another else f"{record.get_absolute_url()}#quality")
    return ask(
        request,
        context,
        form,
        heading=_("Record a quality check"),
        caption=str(record),
        action=_("Record check"),
        another=_("Save and add another"),
        cancel=record.get_absolute_url(),
    )
