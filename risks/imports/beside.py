"""What the sheets beside that of the risks have in common: a row is one record of one risk, known by its number."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from risks.exports import BESIDE_COLUMNS, BESIDE_SHEETS
from risks.imports.cells import Cells, Wrong
from risks.imports.meanwhile import Versions, same, stored, told
from risks.imports.plans import Step
from risks.imports.rows import Row
from risks.imports.steps import change_of, labels_of, step_of
from risks.imports.surroundings import Surroundings
from xgov.access.roles import type_of_text
from xgov.accounts.models import Department, User
from xgov.papers.tables import normalised
from xgov.papers.workbooks import CellFault, Sheet


class Beside:
    """One sheet. A subclass says what a row asks for: `asked` gives the steps, or raises Wrong for a cell."""

    kind: ClassVar[str]
    model: ClassVar[type[Model]]
    header: ClassVar[frozenset[str]]  # the columns without which it is not this sheet
    compared: ClassVar[tuple[str, ...]]  # the fields that a person edits here
    unknown: ClassVar[type_of_text]
    moved: ClassVar[type_of_text]

    def __init__(
        self, sheet: Sheet, around: Surroundings, versions: Mapping[tuple[str, str], int], references: set[str]
    ) -> None:
        self.sheet, self.around, self.versions, self.references = sheet, around, versions, references
        self.named: set[str] = set()  # the risks that its rows speak of

    @classmethod
    def records(cls, around: Surroundings, by: User | None) -> QuerySet:
        """Those that the person may see, with what the reading looks at."""
        found = cls.model.objects.filter(programme=around.programme)
        return (found if by is None else found.visible_to(by)).select_related("risk", "owner", "department")

    def read(self, by: User | None) -> Iterator[Step | CellFault]:
        """The steps that the sheet asks for, and what is wrong with it."""
        if not self.sheet.rows:
            return
        places = self._places()
        if not self.header <= set(places):
            words = _("is not the header of the sheet “%(sheet)s”")
            yield self.sheet.fault(self.sheet.rows[0].number, 1, words % {"sheet": BESIDE_SHEETS[self.kind]})
            return
        yield from self.sheet.unread(places.values())
        rows = [Cells(Row(self.sheet, row.number, places=places), row) for row in self.sheet.rows[1:]]
        known = {record.pk: record for record in self.records(self.around, by)} if rows else {}
        earlier = Versions(self.model, self._late(rows, known))
        seen: dict[str, int] = {}
        for cells in rows:
            cells.row.key, cells.row.reason = cells.text("risk"), cells.text("reason")
            self.named |= {cells.row.key, cells.text("other")}
            number = cells.text("number")
            if number and number in seen:
                words = _("stands in row %(row)d too: each number has one row")
                yield cells.row.fault("number", words % {"row": seen[number]})
                continue
            seen[number] = cells.row.number
            yield from self._steps(cells, known, earlier)

    @property
    def labels(self) -> dict[str, type_of_text]:
        return labels_of(self.kind)

    def _places(self) -> dict[str, int]:
        by_words = {normalised(column.label): column.key for column in BESIDE_COLUMNS[self.kind]}
        header = [by_words.get(normalised(cell), "") for cell in self.sheet.rows[0].cells]
        return {key: place for place, key in enumerate(header, start=1) if key}

    def _late(self, rows: list[Cells], known: Mapping[int, Model]) -> Iterator[tuple[int, int]]:
        for cells in rows:
            record, version = known.get(_number(cells)), self._version(cells)
            if record is not None and version is not None and version < record.lock_version:
                yield record.pk, version

    def _version(self, cells: Cells) -> int | None:
        return self.versions.get((str(BESIDE_SHEETS[self.kind]), cells.text("number")))

    def _steps(self, cells: Cells, known: Mapping[int, Model], earlier: Versions) -> Iterator[Step | CellFault]:
        present = known.get(_number(cells))
        if cells.text("number") and present is None:
            yield cells.row.fault("number", self.unknown)
        elif present is None and cells.row.key not in self.references:
            yield cells.row.fault("risk", _("is not a risk of this register or of this file"))
        elif present is not None and cells.row.key != present.risk.reference:
            yield cells.row.fault("risk", self.moved)
        else:
            before = present and earlier.of(present, self._version(cells))
            try:
                steps = list(self.asked(cells, present, before))
            except Wrong as wrong:
                yield cells.row.fault(*wrong.args)
                return
            yield from self._with_what_changed(steps, present, before)

    def asked(self, cells: Cells, present: Any, before: Any) -> Iterator[Step]:
        """`present` is the record as it is, None for a new row; `before` as whoever edited the row had it."""
        raise NotImplementedError

    def _with_what_changed(self, steps: list[Step], present: Any, before: Any) -> Iterator[Step]:
        if steps and present is not None:
            meanwhile = told(present, before, {key: self.labels[key] for key in self.compared}, self.around)
            for step in steps:
                step.meanwhile = meanwhile
        yield from steps

    # --- what the sheets share in their rows -------------------------------------------------------

    def edits(self, answers: Mapping[str, Any], present: Any, before: Any) -> dict[str, Any]:
        """What the row says and neither the copy nor the register did."""
        return {
            key: value
            for key, value in answers.items()
            if not same(value, stored(before, key)) and not same(value, stored(present, key))
        }

    def owner(self, cells: Cells, present: Any, before: Any) -> User:
        """By the email address. Whoever owns it already may stay without a role here."""
        name, email = cells.text("owner"), cells.text("owner_email")
        for holder in () if present is None else (before, present):
            is_theirs = email.casefold() in ("", holder.owner.email.casefold()) and name in ("", holder.owner.name)
            if is_theirs:
                return holder.owner
        if not (name or email):
            raise Wrong("owner_email" if cells.has("owner_email") else "owner", _("must not be empty"))
        same_address = present is not None and email.casefold() == present.owner.email.casefold()
        if (person := self.around.person(name if same_address else email or name)) is None:
            words = _("is not one person with a role in a department of this programme")
            raise Wrong("owner_email" if cells.has("owner_email") else "owner", words)
        return person

    def department(self, cells: Cells, present: Any, before: Any) -> Department:
        name = cells.text("department")
        for holder in () if present is None else (before, present):
            if name in ("", holder.department.name):
                return holder.department
        if not name:
            raise Wrong("department", _("must not be empty"))
        if (department := self.around.department(name)) is None:
            raise Wrong("department", _("is not a department that has joined this programme"))
        return department

    def step(
        self, cells: Cells, verb: str, words: type_of_text, answers: dict[str, Any], record: Any = None, about: str = ""
    ) -> Step:
        return step_of(cells.row, self.kind, verb, words, answers, record, about)

    def change(self, cells: Cells, words: type_of_text, record: Any, edits: dict[str, Any]) -> Step:
        return change_of(cells.row, self.kind, words, record, edits)


def _number(cells: Cells) -> int:
    """The number that the row gives; 0, which no record has, for none."""
    text = cells.text("number")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
