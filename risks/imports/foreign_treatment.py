"""What a register of another shape says is in place against a risk, or will be done about it, in the risk's own rows.

Taken over where it says all that a control or a mitigation has to say here; else it is kept as given beside the risk.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from risks.imports.fields import text_of_cell
from risks.imports.meanings import Agreed, value_of
from risks.imports.rows import Row, Treated
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from xgov.papers.workbooks import SheetRow
from xgov.records.clock import today
from xgov.records.fields import Marking

PARTS = {
    "mitigation": ("mitigation", "mitigation_owner", "mitigation_due"),
    "control": ("control", "control_type", "control_line"),
}


def take(row: Row, cells: SheetRow, by_field: Mapping[str, str], agreed: Agreed, around: Surroundings) -> None:
    """Of one line of the sheet; a risk that is merged over several may say something else in each."""
    for kind, parts in PARTS.items():
        said = {part: cells.cell(row.places[part]) for part in parts if part in row.places}
        said = {part: cell for part, cell in said.items() if text_of_cell(cell) and by_field[part] in row.said}
        headers = tuple(by_field[part] for part in said)
        meant = {part: value_of(part, text_of_cell(cell), cell, agreed.words, around) for part, cell in said.items()}
        answers = _answers(kind, meant, row, agreed)
        if lacks := set(_lacking(kind, answers, row, around)):
            row.keep_as_given(headers)
            row.lacks |= lacks if headers else set()
        elif (kind, answers["text"]) not in {(each.kind, each.answers["text"]) for each in row.treated}:
            row.treated.append(Treated(kind, answers, headers, cells.number))


def _answers(kind: str, meant: dict[str, Any], row: Row, agreed: Agreed) -> dict[str, Any]:
    """As the action takes them; None stands for what is missing, or has no meaning here."""
    text, owner, department = meant.get(kind), row.answers.get("owner"), row.answers.get("kept_by")
    if kind == "mitigation":
        due = meant.get("mitigation_due")
        own = {"owner": meant.get("mitigation_owner", owner), "due": due if due and due >= today() else None}
    else:
        own = {
            "owner": owner, "type": meant.get("control_type", agreed.control_type),
            "line": meant.get("control_line", agreed.control_line),
        }  # fmt: skip
    return {"text": text, "department": department, **own}


def _lacking(kind: str, answers: dict[str, Any], row: Row, around: Surroundings) -> Iterator[str]:
    """What stands in the way of taking it over, by the keys of treating.LACKS."""
    if row.answers.get("status") in Risk.ENDED:
        yield "ended"
        return
    owner = answers["owner"]
    if owner is None or owner.pk not in around.owners_of(row.answers.get("marking", Marking.OFFICIAL)):
        yield "owner"
    if not answers["text"] or answers["department"] is None:
        yield "text"
    if kind == "mitigation" and answers["due"] is None:
        yield "due"
    if kind == "control" and not (answers["type"] and answers["line"]):
        yield "type"
