"""What data sharing says to a board: what is late, what is due next, and whether data may move."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasharing.before_live import missing_before_live
from datasharing.models import DataFlow, Dataset
from datasharing.tags import refresh_tag
from programmes.changes import what_changed
from programmes.marked import and_marked, marked
from programmes.models import Programme
from xgov.pages.values import day
from xgov.papers.sections import Brief, section
from xgov.records.fields import Marking

MOST_ROWS = 200
MOST_SENTENCES = 5
MOST_MISSING = 3  # things named of one flow


@section(
    "datasharing.refreshes",
    title=gettext_lazy("Data refreshes"),
    template="papers/sections/data_refreshes.html",
    order=70,
)
def refreshes(brief: Brief) -> dict[str, Any]:
    """Every dataset in use with a refresh due, late ones first, and what its flows still lack."""
    datasets = list(
        Dataset.objects.visible_to(brief.reader)
        .filter(programme__in=brief.programmes)
        .in_use()
        .select_related("kept_by")
        .order_by("next_due_on", "programme", "reference")
    )
    flows = _flows_by_dataset(brief)
    datasets.sort(key=lambda dataset: (not dataset.is_late, dataset.next_due_on or date.max))
    return {
        "summary": _summary(datasets, [flow for each in flows.values() for flow in each]),
        "rows": [_row(dataset, flows.get(dataset.pk, [])) for dataset in datasets[:MOST_ROWS]],
        "left_out": max(0, len(datasets) - MOST_ROWS),
    }


@what_changed(order=20)
def refreshes_that_became_late(programme: Programme, brief: Brief) -> Iterator[str]:
    late = Dataset.objects.visible_to(brief.reader).filter(programme=programme).late(localdate(brief.as_at))
    told_until = brief.since_for(Marking.OFFICIAL_SENSITIVE)
    new = Q(late_from__gt=localdate(brief.since))
    sensitive = Q(marking=Marking.OFFICIAL_SENSITIVE)
    new |= sensitive & (Q(late_from__gt=localdate(told_until)) if told_until else Q())
    for dataset in late.filter(new).order_by("late_from", "reference")[:MOST_SENTENCES]:
        words = _("%(dataset)s became late: it was due on %(day)s.")
        yield and_marked(words % {"dataset": dataset, "day": day(dataset.next_due_on)}, dataset)


def _flows_by_dataset(brief: Brief) -> dict[int, list[DataFlow]]:
    flows = DataFlow.objects.visible_to(brief.reader).filter(programme__in=brief.programmes).not_ended()
    found: dict[int, list[DataFlow]] = {}
    for flow in flows.with_what_live_needs():
        found.setdefault(flow.dataset_id, []).append(flow)
    return found


def _summary(datasets: list[Dataset], flows: list[DataFlow]) -> str:
    late = sum(dataset.is_late for dataset in datasets)
    if not datasets:
        return _("No dataset has been recorded.")
    counts = {"total": len(datasets), "late": late}
    words = ngettext(
        "%(late)s of %(total)s dataset is late.", "%(late)s of %(total)s datasets are late.", len(datasets)
    )
    said = [words % counts if late else _("No data refresh is late.")]
    live = [flow for flow in flows if flow.status == DataFlow.Status.LIVE]
    lacking = [flow for flow in live if missing_before_live(flow)]
    if flows:
        flowing = {"live": len(live), "total": len(flows)}
        words = ngettext("%(live)s of %(total)s flow is live.", "%(live)s of %(total)s flows are live.", len(flows))
        said.append(words % flowing)
    if lacking:
        names = ", ".join(and_marked(flow.reference, flow) for flow in lacking)
        said.append(_("Live but no longer whole: %(flows)s.") % {"flows": names})
    return " ".join(said)


def _row(dataset: Dataset, flows: list[DataFlow]) -> dict[str, Any]:
    state = refresh_tag(dataset)
    receivers = ", ".join(dict.fromkeys(flow.to_department.short_name for flow in flows))
    return {
        "dataset": str(dataset),
        "marking": marked(dataset),
        "flow": f"{dataset.kept_by.short_name} → {receivers}" if receivers else dataset.kept_by.short_name,
        "due": dataset.next_due_on,
        "last": dataset.last_received_on,
        "state": str(state.words),
        "colour": state.colour,
        "words": _meaning(dataset, flows),
    }


def _meaning(dataset: Dataset, flows: list[DataFlow]) -> str:
    said = []
    if dataset.is_late:
        late = ngettext("%(days)s day late.", "%(days)s days late.", dataset.days_late)
        said.append(late % {"days": dataset.days_late})
    if not flows:
        said.append(_("No flow recorded."))
    said += [_of_flow(flow) for flow in flows]
    return " ".join(said)


def _of_flow(flow: DataFlow) -> str:
    """Its status and what it lacks by name; of a flow that is not live and lacks much, how much."""
    named = {"flow": flow.reference, "status": flow.get_status_display().lower()}
    status = _("%(flow)s is %(status)s") % named
    missing = [each.words for each in missing_before_live(flow)]
    if not missing:
        return f"{status}."
    if len(missing) > MOST_MISSING and flow.status != DataFlow.Status.LIVE:
        return _("%(status)s; %(count)s things are missing.") % {"status": status, "count": len(missing)}
    more = len(missing) - MOST_MISSING
    if more > 0:
        words = ngettext("%(count)s more thing is missing.", "%(count)s more things are missing.", more)
        missing[MOST_MISSING:] = [words % {"count": more}]
    if flow.status == DataFlow.Status.LIVE:
        status = _("%(status)s but no longer whole") % {"status": status}
    return f"{status}: {' '.join(missing)}"
