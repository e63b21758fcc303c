from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from datasharing import actions
from datasharing.actions.flows import may_pause
from datasharing.before_live import missing_before_live, warnings_about
from datasharing.choices import departments_to_keep_for
from datasharing.forms import FlowForm, GoLiveForm, ReasonForm
from datasharing.law import LISTS
from datasharing.models import DataFlow
from datasharing.tags import assessment_tag, flow_tag
from datasharing.views.asking import ask
from datasharing.views.finding import flow_page
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.pressing import press


@require_safe
def flow(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    programme, record, context = flow_page(request, reference, flow)
    ended = record.status == DataFlow.Status.ENDED
    missing = [] if ended else missing_before_live(record)
    context |= {
        "tag": flow_tag(record),
        "missing": missing,
        "warnings": warnings_about(record),
        "parts": _parts(record, request.user),
        "may_add_part": not ended and departments_to_keep_for(request.user, programme)
        .exclude(pk__in=record.controllers.values("department")).exists(),
        "may_pause": record.must_stay_whole and may_pause(record, request.user),
        "lists": LISTS,
        **_assessment_of(record, request.user),
    }  # fmt: skip
    return render(request, "datasharing/flow.html", context)


def _parts(record: DataFlow, user: User) -> list[dict[str, Any]]:
    return [
        {"part": part, "may_change": Permission.CONTRIBUTE in rules.permissions_on(user, part)}
        for part in record.controllers.all()
    ]


def _assessment_of(record: DataFlow, user: User) -> dict[str, Any]:
    """The assessment's state is for everybody who sees the flow; what it is called only for who may see it."""
    if record.assessment is None:
        return {"assessment": None}
    record.assessment.programme = record.programme
    seen = Permission.VIEW in rules.permissions_on(user, record.assessment)
    return {
        "assessment": record.assessment,
        "assessment_tag": assessment_tag(record.assessment),
        "assessment_seen": seen,
    }


@require_http_methods(["GET", "POST"])
def add_flow(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="data-sharing")
    rules.require(request.user, Permission.CONTRIBUTE, DataFlow(programme=programme, kept_by=programme.lead))
    form = FlowForm(request.POST or None, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(actions.add_flow, programme, by=request.user, **form.answers):
        messages.success(request, _("Flow %(reference)s added as a draft.") % {"reference": form.result.reference})
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Add a data flow"),
        action=_("Add flow"),
        cancel=reverse("datasharing:plan", args=[reference]),
    )


@require_http_methods(["GET", "POST"])
def change_flow(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    programme, record, context = flow_page(request, reference, flow)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    cancel, caption = record.get_absolute_url(), str(record)
    form = FlowForm(request.POST or None, instance=record, user=request.user, programme=programme)
    if form.is_valid() and form.carry_out(
        actions.change_flow, record, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("Flow %(reference)s changed.") % {"reference": record.reference})
        return redirect(form.result)
    return ask(
        request,
        context,
        form,
        heading=_("Change data flow"),
        caption=caption,
        action=_("Save flow"),
        cancel=cancel,
    )


@require_POST
def make_ready(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    _programme, record, _context = flow_page(request, reference, flow)
    said = _("Flow %(reference)s is ready. No data moves yet.") % {"reference": record.reference}
    press(request, actions.make_ready, record, said=said)
    return redirect(record)


@require_http_methods(["GET", "POST"])
def go_live(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    _programme, record, context = flow_page(request, reference, flow)
    rules.require(request.user, Permission.MANAGE, record)
    form = GoLiveForm(request.POST if request.method == "POST" else None, flow=record)
    if form.is_valid() and form.carry_out(actions.go_live, record, by=request.user, **form.answers):
        messages.success(request, _("Flow %(reference)s is live.") % {"reference": record.reference})
        return redirect(record)
    return ask(
        request,
        context,
        form,
        heading=_("Let the data flow again") if record.live_since else _("Let the data flow"),
        caption=str(record),
        action=_("Go live"),
        cancel=record.get_absolute_url(),
        intro=_(
            "While it is live, nobody can take away its lawful basis, power to share, impact assessment or how long it "
            "is kept. To change one of these, pause it first."
        ),
    )


@require_http_methods(["GET", "POST"])
def pause_flow(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    _programme, record, context = flow_page(request, reference, flow)
    if not may_pause(record, request.user):
        rules.require(request.user, Permission.CONTRIBUTE, record)
    return _stop(request, record, context, actions.pause_flow, {
        "heading": _("Pause this flow"), "action": _("Pause flow"), "label": _("Why is it paused?"),
        "intro": _("No data may move until it goes live again. Tell the other department yourself."),
        "done": _("Flow %(reference)s is paused. No data may move."),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_flow(request: HttpRequest, reference: str, flow: str) -> HttpResponse:
    _programme, record, context = flow_page(request, reference, flow)
    rules.require(request.user, Permission.CONTRIBUTE, record)
    return _stop(request, record, context, actions.end_flow, {
        "heading": _("End this flow"), "action": _("End flow"), "label": _("Why does it end?"),
        "intro": _("It cannot go live again. What was received is kept for as long as the flow says."),
        "done": _("Flow %(reference)s has ended."),
    })  # fmt: skip


def _stop(
    request: HttpRequest, record: DataFlow, context: dict[str, Any], action: Callable[..., Any], words: dict[str, str]
) -> HttpResponse:
    form = ReasonForm(request.POST or None, label=words["label"])
    if form.is_valid() and form.carry_out(action, record, by=request.user, **form.answers):
        messages.success(request, words["done"] % {"reference": record.reference})
        return redirect(record)
    more = {"form": form, "caption": str(record), "danger": True, "cancel": record.get_absolute_url()}
    return render(request, "pages/form.html", context | words | more)
