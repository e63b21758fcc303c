"""What a register of another shape says is in place against a risk, or will be done about it, in the risk's own rows.

Taken over where it says all that a control or a mitigation has to say here; else it is kept as given beside the risk.
"""

from collections.abc import Mapping
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
        if answers is None or not _may_own(answers["owner"].pk, row, around):
            row.keep_as_given(headers)
        elif (kind, answers["text"]) not in {(each.kind, each.answers["text"]) for each in row.treated}:
            row.treated.append(Treated(kind, answers, headers, cells.number))


def _answers(kind: str, meant: dict[str, Any], row: Row, agreed: Agreed) -> dict[str, Any] | None:
    """As the action takes them; None where one is missing, or has no meaning here."""
    if row.answers.get("status") in Risk.ENDED:
        return None
    text, owner, department = meant.get(kind), row.answers.get("owner"), row.answers.get("kept_by")
    if kind == "mitigation":
        due = meant.get("mitigation_due")
        own = {"owner": meant.get("mitigation_owner", owner), "due": due if due and due >= today() else None}
    else:
        own = {
            "owner": owner, "type": meant.get("control_type", agreed.control_type),
            "line": meant.get("control_line", agreed.control_line),
        }  # fmt: skip
    answers = {"text": text, "department": department, **own}
    return answers if all(answers.values()) else None


def _may_own(person: int, row: Row, around: Surroundings) -> bool:
    return person in around.owners_of(row.answers.get("marking", Marking.OFFICIAL))
