"""What a board hears of the departments: how much of the risk each of them keeps."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risks.board_sections.telling import figures_told, in_sight
from risks.gathering import departments_keeping, departments_with_risks
from xgov.papers.sections import Brief, section


@section(
    "risks.by_department",
    title=gettext_lazy("Risks by department"),
    template="papers/sections/risks_by_department.html",
    order=47,
    usual=False,
)
def by_department(brief: Brief) -> dict[str, Any]:
    """The departments that keep open risks, those with most above appetite first; the others by name."""
    risks = in_sight(brief)
    found = departments_with_risks(departments_keeping(brief.programmes, risks), risks)
    lines = list(found.order_by("-above", "-open_risks", "name"))
    rows = [
        {"department": line.name, **figures_told(line), "escalated": line.escalated}
        for line in lines
        if line.open_risks
    ]
    leads = {programme.lead for programme in brief.programmes}
    by_name = sorted(lines, key=lambda line: (line not in leads, line.name))
    without = [line.short_name for line in by_name if not line.open_risks]
    return {"summary": _summary(len(rows)), "rows": rows, "left_out": _without(without)}


def _summary(number: int) -> str:
    if not number:
        return _("No department keeps an open risk.")
    words = ngettext("%(number)d department keeps open risks.", "%(number)d departments keep open risks.", number)
    return words % {"number": number}


def _without(names: list[str]) -> str:
    return _("No open risk is kept by: %(names)s.") % {"names": ", ".join(names)} if names else ""
