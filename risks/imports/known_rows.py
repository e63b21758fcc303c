"""Holds the rows of a register of another shape against what it said the last time, and so against this register."""

from typing import Any

from django.utils.translation import gettext as _

from risks.actions import possible
from risks.imports.comparing import SCORED, Comparison
from risks.imports.plans import Plan
from risks.imports.rows import Row
from risks.imports.treating import Treating
from risks.models import ColumnMapping, ImportedRow, Risk


def compare(comparison: Comparison, rows: list[Row], mapping: ColumnMapping | None) -> Plan:
    """What it did not say before is taken over; what people have changed here since is not undone by a copy."""
    earlier = _earlier(mapping)
    by_pk = {risk.pk: risk for risk in comparison.risks.values()}
    plan, treating = comparison.plan, Treating(comparison)
    told_anew = []
    for row in rows:
        known = earlier.pop(row.key, None)
        if known is None:
            told_anew.append(row)
            if comparison.add(row) is not None:
                plan.steps += treating.of_new(row)
        elif known.risk_id not in by_pk:
            comparison.fault(row, "title", _("is a risk here already, and not one that you can see"))
            plan.is_sensitive = True
        elif known.said == row.said:
            plan.left += 1
        else:
            told_anew.append(row)
            _change(comparison, row, by_pk[known.risk_id], known)
            plan.steps += treating.of_known(row, by_pk[known.risk_id], known)
        comparison.mind_marking(row, by_pk.get(known.risk_id) if known else None)
    plan.notes += treating.notes(told_anew)
    plan.absent = len(earlier)
    plan.kept_as_text = sum(len(addition.row.kept_as_given) for addition in plan.additions)
    plan.kept_as_text += sum(len(change.row.kept_as_given) for change in plan.changes)
    return plan


def _earlier(mapping: ColumnMapping | None) -> dict[str, ImportedRow]:
    if mapping is None or mapping.pk is None:
        return {}
    return {row.key: row for row in ImportedRow.objects.filter(mapping=mapping)}


def _change(comparison: Comparison, row: Row, risk: Risk, known: ImportedRow) -> None:
    news = {header for header in {*row.said, *known.said} if row.said.get(header) != known.said.get(header)}
    fields = {field for field, place in row.places.items() if row.headers.get(place) in news}
    edits = {
        key: value
        for key, value in row.answers.items()
        if key in fields and key not in {"status", "closing_reason"} and getattr(risk, key) != value
    }
    edits = _whole_scores(edits, row)
    row.reason = row.reason or _why(comparison.file, row, known, news)
    wanted = row.answers.get("status", "") if "status" in fields else ""
    ending = wanted if wanted in Risk.ENDED and not risk.has_ended else ""
    if risk.has_ended or not (edits or ending):
        comparison.plan.said_anew.append((known, row))  # the row is kept anew, the risk is as it was
        comparison.plan.left += 1
        return
    change = comparison.change(row, risk, edits, ending=ending)
    if change is not None:
        change.earlier = known
        missing = possible.missing_from(change.after)
        if change.after.status == Risk.Status.DRAFT and not missing:
            change.after.status = Risk.Status.OPEN


def _whole_scores(edits: dict[str, Any], row: Row) -> dict[str, Any]:
    """A new likelihood counts with the impact that stands beside it, and not with one that is ours."""
    for key in [key for key in edits if key in SCORED]:
        for part in ("likelihood", "impact"):
            other = f"{SCORED[key]}_{part}"
            if other in row.answers:
                edits[other] = row.answers[other]
    return edits


def _why(file: str, row: Row, known: ImportedRow, news: set[str]) -> str:
    told = [
        _("%(header)s “%(now)s” (it was “%(was)s”)")
        % {"header": header, "now": row.said.get(header, "")[:60], "was": known.said.get(header, "")[:60]}
        for header in row.said
        if header in news
    ]
    return _("%(file)s says: %(what)s") % {"file": file, "what": "; ".join(told[:4]) or _("less than before")}
