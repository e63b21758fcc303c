"""Reads the second sheet of a copy of this register: what is done about its risks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from risks.exports import MITIGATION_FILE_COLUMNS
from risks.imports.fields import text_of_cell
from risks.imports.plans import MitigationStep
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models import Mitigation
from xgov.papers.cells import same_text
from xgov.papers.tables import normalised
from xgov.papers.workbooks import CellFault, Sheet, SheetRow, day_from

_PLANNED, _DONE, _DROPPED = Mitigation.Status.PLANNED, Mitigation.Status.DONE, Mitigation.Status.DROPPED


class _Wrong(Exception):
    """The key of the column and what is wrong with its cell."""


def read(
    sheet: Sheet, around: Surroundings, known: Mapping[int, Mitigation], references: set[str]
) -> Iterator[MitigationStep | CellFault]:
    """The steps that the sheet asks for, and what is wrong with it. `references`: the risks it may speak of."""
    if not sheet.rows:
        return
    by_words = {normalised(column.label): column.key for column in MITIGATION_FILE_COLUMNS}
    header = [by_words.get(normalised(cell), "") for cell in sheet.rows[0].cells]
    places = {key: place for place, key in enumerate(header, start=1) if key}
    if not {"risk", "text", "due"} <= set(places):
        yield sheet.fault(sheet.rows[0].number, 1, _("is not the header of the sheet of mitigations"))
        return
    for cells in sheet.rows[1:]:
        yield from _Reader(Row(sheet, cells.number, places=places), cells, around).steps(known, references)


class _Reader:
    def __init__(self, row: Row, cells: SheetRow, around: Surroundings) -> None:
        self.row, self.cells, self.around = row, cells, around

    def text(self, key: str) -> str:
        return text_of_cell(self.cells.cell(self.row.places[key])) if key in self.row.places else ""

    def steps(self, known: Mapping[int, Mitigation], references: set[str]) -> Iterator[MitigationStep | CellFault]:
        self.row.key, self.row.reason = self.text("risk"), self.text("reason")
        number = self.text("number")
        present = known.get(int(number)) if number.isdecimal() and len(number) < 18 else None
        if number and present is None:
            yield self.row.fault("number", _("is not a mitigation that you can see. Leave it empty to add one"))
        elif present is None and self.row.key not in references:
            yield self.row.fault("risk", _("is not a risk of this register or of this file"))
        elif present is not None and self.row.key != present.risk.reference:
            yield self.row.fault("risk", _("is another risk: a mitigation stays with its own"))
        else:
            try:
                yield from self._compared(present)
            except _Wrong as wrong:
                key, words = wrong.args
                yield self.row.fault(key, words)

    def _compared(self, present: Mitigation | None) -> Iterator[MitigationStep]:
        answers = self._answers(present)
        status = self._status(present)
        if present is None:
            yield self._step("add", _("added: %(text)s"), answers["text"], answers)
            return
        changed = {key: value for key, value in answers.items() if not _same(value, getattr(present, key))}
        if changed and present.status != _PLANNED:
            raise _Wrong(next(iter(changed)), _("changes what is no longer planned"))
        if changed:
            yield self._step("change", _("changed: %(text)s"), present.text, {"pk": present.pk, **changed})
        if status != present.status:
            yield self._ended(present, status)

    def _answers(self, present: Mitigation | None) -> dict[str, Any]:
        text, due = self.text("text"), day_from(self.cells.cell(self.row.places["due"]))
        if not text:
            raise _Wrong("text", _("must not be empty"))
        if due is None:
            raise _Wrong("due", _("is not a date, like 22 November 2026"))
        return {"text": text, "due": due, "owner": self._owner(present), "department": self._department(present)}

    def _owner(self, present: Mitigation | None) -> Any:
        name, email = self.text("owner"), self.text("owner_email")
        if present and email.casefold() in ("", present.owner.email.casefold()) and name in ("", present.owner.name):
            return present.owner
        same_address = present is not None and email.casefold() == present.owner.email.casefold()
        if (person := self.around.person(name if same_address else email or name)) is None:
            words = _("is not one person with a role in a department of this programme")
            raise _Wrong("owner_email" if "owner_email" in self.row.places else "owner", words)
        return person

    def _department(self, present: Mitigation | None) -> Any:
        name = self.text("department")
        if present and name in ("", present.department.name):
            return present.department
        if (department := self.around.department(name)) is None:
            raise _Wrong("department", _("is not a department that has joined this programme"))
        return department

    def _status(self, present: Mitigation | None) -> str:
        words = self.text("status").casefold()
        if not words:
            return present.status if present else _PLANNED
        for value, label in Mitigation.Status.choices:
            if words in (value.casefold(), str(label).casefold()):
                if present is None and value != _PLANNED:
                    break
                return value
        raise _Wrong("status", _("is not a status that this mitigation can have"))

    def _ended(self, present: Mitigation, status: str) -> MitigationStep:
        if present.status != _PLANNED or status == _PLANNED:
            raise _Wrong("status", _("cannot be changed here: it has been done or dropped"))
        if status == _DONE:
            done_on = day_from(self.cells.cell(self.row.places["done_on"])) if "done_on" in self.row.places else None
            return self._step("finish", _("done: %(text)s"), present.text, {"pk": present.pk, "done_on": done_on})
        if not self.row.reason:
            raise _Wrong("reason", _("is empty, but the row drops a mitigation. Say why"))
        return self._step("drop", _("dropped: %(text)s"), present.text, {"pk": present.pk})

    def _step(self, verb: str, words: str, text: str, answers: dict[str, Any]) -> MitigationStep:
        said = words % {"text": text if len(text) <= 100 else f"{text[:99]}…"}
        return MitigationStep(self.row, verb, f"{self.row.key} {said}", answers)


def _same(value: Any, stored: Any) -> bool:
    return same_text(value, stored) if isinstance(value, str) else value == stored
