"""What a file would do to the register, before anything is done."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from risks.escalation import Foreseen
from risks.escalation_levels import LEVELS
from risks.exports import BESIDE_SHEETS
from risks.imports.bearing import Wanted
from risks.imports.fields import FIELDS
from risks.imports.rows import Row
from risks.models import ImportedRow, Risk
from xgov.pages.values import in_plain_words
from xgov.papers.importing import ImportReport
from xgov.papers.workbooks import CellFault

NOTHING_FORESEEN = Foreseen()
SHOWN = 200  # of each kind; the rest is counted


@dataclass(frozen=True)
class Difference:
    """One field of a risk between two versions, in words."""

    field: str
    label: Any
    was: Any
    now: Any


@dataclass(frozen=True)
class Meanwhile:
    """What others have changed in the register since the copy was made."""

    by: str
    when: datetime
    changes: list[Difference]


@dataclass
class Addition:
    """`risk` is not saved and has no reference yet. `ending` is CLOSED or MATERIALISED if it has ended already."""

    row: Row
    risk: Risk
    reason: str
    ending: str = ""
    ending_reason: str = ""
    bearing: Wanted | None = None
    foreseen: Foreseen = NOTHING_FORESEEN


@dataclass
class Change:
    """`risk` is as it is now, `after` as the file wants it."""

    row: Row
    risk: Risk
    after: Risk
    differences: list[Difference]
    reason: str
    fields: set[str] = field(default_factory=set)
    ending: str = ""
    ending_reason: str = ""
    bearing: Wanted | None = None
    meanwhile: Meanwhile | None = None
    earlier: ImportedRow | None = None  # of a register of another shape
    foreseen: Foreseen = NOTHING_FORESEEN


@dataclass
class Step:
    """One thing that a sheet beside that of the risks asks for: what it is about, what is done, and the answers."""

    row: Row
    kind: str  # one of exports.BESIDE_SHEETS
    verb: str
    words: str
    answers: dict[str, Any]
    record: Model | None = None  # as it is now; None: it is added
    risk: Risk | None = None  # to which it is added, where the row does not call it as we do
    differences: list[Difference] = field(default_factory=list)
    meanwhile: Meanwhile | None = None


@dataclass
class Plan:
    additions: list[Addition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    said_anew: list[tuple[ImportedRow, Row]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: int = 0
    absent: int = 0
    kept_as_text: int = 0
    over_changes: bool = False
    is_sensitive: bool = False  # a file that speaks of one sensitive risk is sensitive
    references: set[str] = field(default_factory=set)  # that the file names, whatever it says of them

    @property
    def overtaken(self) -> list[Change | Step]:
        """Changed in the file and, meanwhile, in the register."""
        return [each for each in (*self.changes, *self.steps) if each.meanwhile]

    @property
    def held_back(self) -> list[Change | Step]:
        """Those are left alone unless the person says otherwise."""
        return [] if self.over_changes else self.overtaken

    @property
    def carried_out(self) -> list[Change]:
        return [change for change in self.changes if self.over_changes or not change.meanwhile]

    @property
    def steps_taken(self) -> list[Step]:
        return [step for step in self.steps if self.over_changes or not step.meanwhile]

    @property
    def changes_something(self) -> bool:
        return bool(self.additions or self.carried_out or self.steps_taken or self.said_anew)

    def _steps_of(self, kind: str) -> int:
        return sum(1 for step in self.steps_taken if step.kind == kind)

    def report(self) -> ImportReport:
        closing = sum(1 for change in self.carried_out if change.ending)
        report = ImportReport(
            created=len(self.additions), updated=len(self.carried_out) - closing,
            unchanged=self.left + len(self.changes) - len(self.carried_out), closed=closing,
            kept_as_text=self.kept_as_text,
        )  # fmt: skip
        report.changes = {
            "created": [change.risk.title for change in self.additions],
            "updated": [str(change.risk) for change in self.carried_out if not change.ending],
            "closed": [str(change.risk) for change in self.carried_out if change.ending],
        }
        for note in self.notes:
            report.note(note)
        if self.held_back:
            words = _("%(count)d rows were left as they are: the register has changed there since the copy was made.")
            report.note(words % {"count": len(self.held_back)})
        for kind, sheet in BESIDE_SHEETS.items():
            if count := self._steps_of(kind):
                report.note(_("%(sheet)s, added or changed: %(count)d.") % {"sheet": sheet, "count": count})
        return report

    def fingerprint(self) -> str:
        """The same for the same effect on the same register, and for nothing else."""
        digest = hashlib.sha256()
        for words in self._effects():
            digest.update(words.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def _effects(self) -> Iterator[str]:
        for addition in self.additions:
            answers = {key: getattr(addition.risk, key) for key in FIELDS if key not in {"owner", "kept_by"}}
            bearing = addition.bearing.differences if addition.bearing else ()
            yield repr(("add", answers, addition.risk.owner_id, addition.risk.kept_by_id, addition.ending, bearing))
        for change in self.changes:
            told = [(str(each.label), str(each.was), str(each.now)) for each in change.differences]
            yield repr(("change", change.risk.pk, change.risk.lock_version, told, change.ending, change.reason))
        for step in self.steps:
            record = step.record and (step.record.pk, step.record.lock_version)
            answers = [(key, getattr(value, "pk", value)) for key, value in sorted(step.answers.items())]
            yield repr((step.kind, step.verb, step.words, record, answers, step.row.reason))
        for fault in self.faults:
            yield str(fault)

    def as_data(self, *, is_applied: bool = False) -> dict[str, Any]:
        """Plain values for its page, cut to what somebody reads: what it would do, or what it did."""
        changes, steps = (self.carried_out, self.steps_taken) if is_applied else (self.changes, self.steps)
        going_on = [addition.risk for addition in self.additions if not addition.ending]
        return {
            "counts": {
                "added": len(self.additions), "changed": len(self.carried_out), "held_back": len(self.held_back),
                "left": self.left, "absent": self.absent, "faults": len(self.faults),
                "kept_as_text": self.kept_as_text, "overtaken": len(self.overtaken),
                "steps": [[str(sheet), self._steps_of(kind)] for kind, sheet in BESIDE_SHEETS.items()],
                "to_score": sum(1 for risk in going_on if not risk.residual_score),
                "drafts": sum(1 for risk in going_on if risk.status == Risk.Status.DRAFT),
                "closed": sum(1 for change in self.carried_out if change.ending),
                "escalating": sum(1 for each in (*self.additions, *self.carried_out) if each.foreseen.asked),
            },
            "changes_something": self.changes_something or bool(self.held_back),
            "notes": self.notes,
            "faults": [[fault.sheet, fault.cell, fault.message] for fault in self.faults[:SHOWN]],
            "added": [_added(addition) for addition in self.additions[:SHOWN]],
            "changed": [_changed(change) for change in changes[:SHOWN]],
            "steps": [_step(step) for step in steps[:SHOWN]],
            "left_alone": [_name_of(each) for each in self.held_back[:SHOWN]],
            "references": sorted({*self.references, *(each.risk.reference for each in self.additions)} - {""}),
            "shown": SHOWN,
            "is_cut": max(map(len, (self.additions, changes, steps, self.faults))) > SHOWN,
        }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": str(BESIDE_SHEETS[step.kind]), "row": step.row.number, "words": step.words, "reason": step.row.reason,
        "differences": [_difference(each) for each in step.differences], "meanwhile": _meanwhile(step.meanwhile),
    }  # fmt: skip


def _meanwhile(met: Meanwhile | None) -> dict[str, Any] | None:
    return met and {
        "by": met.by, "when": met.when.isoformat(), "differences": [_difference(each) for each in met.changes],
    }  # fmt: skip


def _added(addition: Addition) -> dict[str, Any]:
    risk, row = addition.risk, addition.row
    return {
        "row": row.number, "reference": risk.reference, "title": risk.title,
        "status": str(_ended_or(addition.ending, risk)),
        "residual": str(risk.residual), "owner": risk.owner.name if risk.owner else "",
        "as_given": [[header, row.said.get(header, "")] for header in row.kept_as_given],
        "escalates_to": _levels(addition.foreseen.asked),
    }  # fmt: skip


def _changed(change: Change) -> dict[str, Any]:
    return {
        "row": change.row.number, "reference": change.risk.reference, "title": change.risk.title,
        "differences": [_difference(each) for each in change.differences],
        "reason": change.reason or change.ending_reason,
        "ending": str(_ended_or(change.ending, change.after)) if change.ending else "",
        "meanwhile": _meanwhile(change.meanwhile),
        "escalates_to": _levels(change.foreseen.asked), "returns_from": _levels(change.foreseen.left),
    }  # fmt: skip


def _name_of(held_back: Change | Step) -> str:
    return str(held_back.record or held_back.words) if isinstance(held_back, Step) else str(held_back.risk)


def _levels(keys: Iterable[str]) -> str:
    return ", ".join(str(LEVELS[key].label) for key in keys)


def _difference(change: Difference) -> list[str]:
    return [str(change.label), in_plain_words(change.was), in_plain_words(change.now)]


def _ended_or(ending: str, risk: Risk) -> Any:
    return Risk.Status(ending).label if ending else risk.get_status_display()


def in_words(key: str, value: Any, model: type[Model] = Risk) -> Any:
    """The value of a field as a person reads it."""
    if value in (None, ""):
        return ""
    if isinstance(value, Model):
        return value.name
    choices = dict(model._meta.get_field(key).flatchoices)
    return str(choices.get(value, value)) if choices else value
