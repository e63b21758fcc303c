"""What a board hears of what has happened."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.marked import marked
from risks.board_sections.telling import MOST_ROWS, reference_of
from risks.models import Issue
from xgov.papers.sections import Brief, section


@section("risks.issues", title=gettext_lazy("Issues"), template="papers/sections/issues.html", order=50)
def issues(brief: Brief) -> dict[str, Any]:
    """Every open issue, gravest first, with what is done about it and by when."""
    open_now = Issue.objects.visible_to(brief.reader).open().filter(programme__in=brief.programmes)
    found = list(open_now.for_a_list().order_by("-severity", "due", "reference")[: MOST_ROWS + 1])
    rows = [
        {
            "reference": reference_of(issue, brief),
            "marking": marked(issue),
            "title": issue.title,
            "effect": issue.effect,
            "severity": issue.get_severity_display(),
            "owner": issue.owner.name,
            "department": issue.kept_by.short_name,
            "plan": issue.plan or _("Nothing is planned."),
            "due": issue.due,
            "is_late": issue.is_overdue,
        }
        for issue in found[:MOST_ROWS]
    ]
    left_out = _("Only the first %(number)d are printed.") % {"number": MOST_ROWS} if len(found) > MOST_ROWS else ""
    return {"rows": rows, "late": sum(row["is_late"] for row in rows), "left_out": left_out}
