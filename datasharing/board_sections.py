"""What data sharing says to a board: what is late, what is due next, and whether data may move."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.template.defaultfilters import floatformat
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasharing.before_live import missing_before_live
from datasharing.models import DataFlow, Dataset, QualityCheck, Refresh
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
    """Every dataset in use, late ones first: what came late, where its quality is poor, what its flows still lack."""
    datasets = list(
        Dataset.objects.visible_to(brief.reader)
        .filter(programme__in=brief.programmes)
        .in_use()
        .for_a_list()
        .order_by("next_due_on", "programme", "reference")
    )
    flows = _flows_by_dataset(brief)
    datasets.sort(key=lambda dataset: (not dataset.is_late, dataset.next_due_on or date.max))
    news = _news(brief, datasets[:MOST_ROWS])
    return {
        "summary": _summary(datasets, [flow for each in flows.values() for flow in each]),
        "rows": [
            _row(dataset, flows.get(dataset.pk, []), news.get(dataset.pk, [])) for dataset in datasets[:MOST_ROWS]
        ],
        "left_out": max(0, len(datasets) - MOST_ROWS),
    }


@what_changed(order=20)
def refreshes_that_became_late(programme: Programme, brief: Brief) -> Iterator[str]:
    late = Dataset.objects.visible_to(brief.reader).filter(programme=programme).late(localdate(brief.as_at))
    told_until = brief.since_for(Marking.OFFICIAL_SENSITIVE)
    sensitive = Q(marking=Marking.OFFICIAL_SENSITIVE)
    new = late.late_since(brief.since)
    new |= sensitive & (late.late_since(told_until) if told_until else Q())
    for dataset in late.filter(new).order_by("late_from", "reference")[:MOST_SENTENCES]:
        words = _("%(dataset)s became late: it was due on %(day)s.")
        yield and_marked(words % {"dataset": dataset, "day": day(dataset.next_due_on)}, dataset)


def _flows_by_dataset(brief: Brief) -> dict[int, list[DataFlow]]:
    flows = DataFlow.objects.visible_to(brief.reader).filter(programme__in=brief.programmes).not_ended()
    found: dict[int, list[DataFlow]] = {}
    for flow in flows.with_what_live_needs():
        found.setdefault(flow.dataset_id, []).append(flow)
    return found


def _news(brief: Brief, datasets: list[Dataset]) -> dict[int, list[str]]:
    """By dataset: the refreshes that came late since the last pack, and the quality that is below its target."""
    found: dict[int, list[str]] = {}
    for refresh in _came_late(brief, {dataset.pk: dataset for dataset in datasets}):
        words = ngettext("Came %(days)s day late on %(day)s.", "Came %(days)s days late on %(day)s.", refresh.days_late)
        said = found.setdefault(refresh.dataset_id, [])
        if len(said) < MOST_SENTENCES:
            said.append(words % {"days": refresh.days_late, "day": day(refresh.received_on)})
    for check in QualityCheck.objects.filter(dataset__in=datasets).below_target().order_by("pk"):
        words = _("%(dimension)s is %(measured)s%%, below its target of %(target)s%%.") % {
            "dimension": check.get_dimension_display(),
            "measured": floatformat(check.measured_percent),
            "target": floatformat(check.target_percent),
        }
        found.setdefault(check.dataset_id, []).append(words)
    return found


def _came_late(brief: Brief, datasets: dict[int, Dataset]) -> Iterator[Refresh]:
    """Recorded since the last pack that could tell of it, the newest first; none for a first pack."""
    if brief.since is None:
        return
    received = Refresh.objects.counted().filter(dataset__in=datasets, due_on__isnull=False)
    earliest = brief.since_for(Marking.OFFICIAL_SENSITIVE)
    if earliest is not None:
        received = received.filter(created_at__gt=min(brief.since, earliest))
    for refresh in received:
        dataset = datasets[refresh.dataset_id]
        told_until = brief.since_for(dataset.marking)
        is_new = told_until is None or refresh.created_at > told_until
        if is_new and refresh.days_late > dataset.grace_days:
            yield refresh


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


def _row(dataset: Dataset, flows: list[DataFlow], news: list[str]) -> dict[str, Any]:
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
        "words": _meaning(dataset, flows, news),
    }


def _meaning(dataset: Dataset, flows: list[DataFlow], news: list[str]) -> str:
    said = []
    if dataset.is_late:
        late = ngettext("%(days)s day late.", "%(days)s days late.", dataset.days_late)
        said.append(late % {"days": dataset.days_late})
    if dataset.left_on:
        left = _("%(department)s, which provided it, left the programme on %(day)s.")
        said.append(left % {"department": dataset.kept_by.short_name, "day": day(dataset.left_on)})
    said += news
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
