"""The steps by which controls and mitigations of a register of another shape are added here, or follow a later copy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risks.imports.beside import Beside
from risks.imports.comparing import Comparison
from risks.imports.controls import Controls
from risks.imports.foreign_treatment import PARTS
from risks.imports.mitigations import Mitigations
from risks.imports.plans import Step
from risks.imports.rows import Row, Treated
from risks.imports.steps import change_of, step_of
from risks.models import Control, ImportedRow, Mitigation, Risk

_READERS: dict[str, type[Beside]] = {"mitigation": Mitigations, "control": Controls}
# What a later copy may change of one, and the column that says it.
_FOLLOWED = {
    "mitigation": {"text": "mitigation", "owner": "mitigation_owner", "due": "mitigation_due"},
    "control": {"text": "control", "type": "control_type", "line": "control_line"},
}

# Why something is kept as given beside its risk.
LACKS = {
    "due": gettext_lazy("kept as given, because a mitigation needs the day on which it is due, today or later."),
    "owner": gettext_lazy("kept as given, because they name nobody who has a role here and may see the risk."),
    "type": gettext_lazy("kept as given, because a control needs its type and its line of assurance."),
    "text": gettext_lazy("kept as given, because they say nothing, or more than 500 characters."),
    "ended": gettext_lazy("kept as given, because the risk has ended."),
}
_UNCLEAR = gettext_lazy(
    "what they say now is kept as given. They were changed or ended here, or it cannot be told which became which: "
    "change them by hand."
)
_DROPPED = gettext_lazy("no longer in the file. Here they go on: end or drop them by hand if they are over.")
_NAMED, _LONGEST_KEY = 4, 60  # in a sentence that tells of many

Treatment = Mitigation | Control


class Treating:
    """For one file. Without a person nobody would answer for what is added: then all of it is kept as given."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.unclear: dict[int, Row] = {}  # by their number: what they say now could not be followed
        self.dropped: dict[int, Row] = {}  # they no longer say what goes on here

    def of_new(self, row: Row) -> Iterator[Step]:
        """Of a risk that the file brings."""
        for each in self._taken_over(row):
            yield _adding(row, each)

    def of_known(self, row: Row, risk: Risk, known: ImportedRow) -> Iterator[Step]:
        """Of a risk that an earlier copy brought. What people have changed here since is not undone."""
        taken_over = self._taken_over(row)
        for kind in PARTS:
            treated = [each for each in taken_over if each.kind == kind]
            if treated and risk.has_ended:
                self._keep(row, treated)
            elif treated:
                yield from self._followed(kind, treated, row, risk, known)
            elif self._is_said_no_more(kind, row, risk, known):
                self.dropped[row.number] = row

    def _is_said_no_more(self, kind: str, row: Row, risk: Risk, known: ImportedRow) -> bool:
        """The cell is empty now, and what it brought here goes on."""
        header = row.headers.get(row.places.get(kind, 0), "")
        earlier = known.said.get(header, "")
        if not earlier or row.said.get(header):
            return False
        return any(record.text in earlier and _goes_on(record) for record in self._records[kind, risk.pk])

    def _taken_over(self, row: Row) -> list[Treated]:
        if self.comparison.by is None:
            row.keep_as_given(header for each in row.treated for header in each.headers)
            return []
        return row.treated

    @cached_property
    def _records(self) -> dict[tuple[str, int], list[Treatment]]:
        found = defaultdict(list)
        for kind, reader in _READERS.items():
            for record in reader.records(self.comparison.around, self.comparison.by):
                found[kind, record.risk_id].append(record)
        return found

    def _followed(self, kind: str, treated: list[Treated], row: Row, risk: Risk, known: ImportedRow) -> Iterator[Step]:
        """Known again by its text; or else one for one, where as many texts have gone as are new."""
        here = {record.text: record for record in self._records[kind, risk.pk]}
        texts = [each.answers["text"] for each in treated]
        header = row.headers[row.places[kind]]
        earlier = known.said.get(header, "")
        fresh = [each for each in treated if each.answers["text"] not in here]
        gone = [record for text, record in here.items() if text not in texts and text in earlier and _goes_on(record)]
        for each in treated:
            if each not in fresh:
                yield from self._changing(here[each.answers["text"]], each, row, known)
        if fresh and len(gone) == len(fresh):
            for record, each in zip(gone, fresh, strict=True):
                yield from self._changing(record, each, row, known)
        elif header in known.kept_as_given or earlier == "\n".join(text for text in texts if text in here):
            yield from (_adding(row, each, risk) for each in fresh)
        elif fresh:
            self._keep(row, fresh)

    def _changing(self, record: Treatment, treated: Treated, row: Row, known: ImportedRow) -> Iterator[Step]:
        """Only what the file said otherwise the last time."""
        edits = {
            key: treated.answers[key]
            for key, field in _FOLLOWED[treated.kind].items()
            if _is_news(field, row, known) and getattr(record, key) != treated.answers[key]
        }
        if not edits:
            return
        if not _goes_on(record):
            self._keep(row, [treated])
            return
        yield change_of(_where(row, treated), treated.kind, _("%(risk)s, changed: %(text)s"), record, edits)

    def _keep(self, row: Row, treated: Iterable[Treated]) -> None:
        row.keep_as_given(header for each in treated for header in each.headers)
        self.unclear[row.number] = row

    def notes(self, rows: list[Row]) -> Iterator[str]:
        """Why what a file says of controls and mitigations is not taken over: each reason, with the rows."""
        for lack, words in LACKS.items():
            if found := [row for row in rows if lack in row.lacks]:
                yield f"{_counted(found)} {words}"
        for found, words in ((self.unclear, _UNCLEAR), (self.dropped, _DROPPED)):
            if found:
                yield f"{_counted(list(found.values()))} {words}"


def _counted(rows: list[Row]) -> str:
    words = ngettext(
        "Mitigations or controls of %(count)d row (%(first)s):",
        "Mitigations or controls of %(count)d rows (%(first)s):",
        len(rows),
    )
    first = ", ".join(row.key[:_LONGEST_KEY] for row in rows[:_NAMED])
    return words % {"count": len(rows), "first": f"{first}, …" if len(rows) > _NAMED else first}


def _where(row: Row, treated: Treated) -> Row:
    """Of a risk that is merged over several rows, the one that says it."""
    return replace(row, number=treated.number)


def _adding(row: Row, treated: Treated, risk: Risk | None = None) -> Step:
    answers: dict[str, Any] = dict(treated.answers)
    if treated.kind == "control":
        answers["check"] = None
    return step_of(_where(row, treated), treated.kind, "add", _("%(risk)s, added: %(text)s"), answers, risk=risk)


def _goes_on(record: Treatment) -> bool:
    return record.is_planned if isinstance(record, Mitigation) else record.is_in_place


def _is_news(field: str, row: Row, known: ImportedRow) -> bool:
    header = row.headers.get(row.places.get(field, 0), "")
    return row.said.get(header) != known.said.get(header)
