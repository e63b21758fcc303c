"""What a board hears of what stands beside the risks: what has happened, what is taken as true, who needs what."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.marked import marked
from risks.board_sections.telling import MOST_ROWS, reference_of
from risks.models import Assumption, Dependency, Issue
from risks.models.entries import Entry
from risks.querysets import EntryQuerySet
from xgov.papers.sections import Brief, section

_SOONEST = F("due").asc(nulls_last=True)  # what has no day comes after what has one


@section("risks.issues", title=gettext_lazy("Issues"), template="papers/sections/issues.html", order=50)
def issues(brief: Brief) -> dict[str, Any]:
    """Every open issue, gravest first, with what is done about it and by when."""
    return _told(_open(Issue, brief).order_by("-severity", _SOONEST, "reference"), _issue, brief)


@section(
    "risks.assumptions",
    title=gettext_lazy("Assumptions"),
    template="papers/sections/assumptions.html",
    order=52,
    usual=False,
)
def assumptions(brief: Brief) -> dict[str, Any]:
    """Every open assumption, what is to be looked into first before the rest."""
    return _told(_open(Assumption, brief).order_by(_SOONEST, "reference"), _assumption, brief)


@section(
    "risks.dependencies",
    title=gettext_lazy("Dependencies"),
    template="papers/sections/dependencies.html",
    order=54,
    usual=False,
)
def dependencies(brief: Brief) -> dict[str, Any]:
    """Every open dependency, what is needed first before the rest."""
    found = _open(Dependency, brief).select_related("other_department").order_by(_SOONEST, "reference")
    return _told(found, _dependency, brief)


def _open(kind: type[Entry], brief: Brief) -> EntryQuerySet:
    return kind.objects.visible_to(brief.reader).open().filter(programme__in=brief.programmes).for_a_list()


def _told(entries: EntryQuerySet, tell: Any, brief: Brief) -> dict[str, Any]:
    found = list(entries[: MOST_ROWS + 1])
    rows = [{**_of_all(entry, brief), **tell(entry)} for entry in found[:MOST_ROWS]]
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(found) > MOST_ROWS else ""
    return {"rows": rows, "late": sum(row["is_late"] for row in rows), "left_out": left_out}


def _of_all(entry: Entry, brief: Brief) -> dict[str, Any]:
    return {
        "reference": reference_of(entry, brief),
        "marking": marked(entry),
        "title": entry.title,
        "owner": entry.owner.name,
        "department": entry.kept_by.short_name,
        "due": entry.due,
        "is_late": entry.is_overdue,
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "effect": issue.effect,
        "severity": issue.get_severity_display(),
        "plan": issue.plan or _("Nothing is planned."),
    }


def _assumption(assumption: Assumption) -> dict[str, Any]:
    return {
        "basis": assumption.basis,
        "if_wrong": assumption.if_wrong,
        "certainty": assumption.get_certainty_display(),
    }


def _dependency(dependency: Dependency) -> dict[str, Any]:
    return {
        "what": dependency.what,
        "other": dependency.other_words,
        "direction": dependency.get_direction_display(),
        "agreed": dependency.is_agreed,
        "if_late": dependency.if_late,
    }
