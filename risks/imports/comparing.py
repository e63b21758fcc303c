"""Holds the rows of a copy of this register against the register as it is now."""

import copy
import re
from collections.abc import Container, Iterable
from typing import Any

from django.utils.translation import gettext as _

from risks.actions import possible
from risks.exports import RISK_FILE_COLUMNS
from risks.imports import closings
from risks.imports.bearing import Wanted, wanted
from risks.imports.fields import FIELDS, text_of_cell
from risks.imports.meanwhile import Overtaken, same, stored
from risks.imports.plans import Addition, Change, Difference, Meanwhile, Plan, in_words
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from risks.models.risks import REFERENCE
from risks.register_terms import is_on_another_scale, usual_review_due
from risks.scoring import ASSESSMENTS, NotOnTheScale
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.papers.cells import same_text
from xgov.papers.workbooks import CellFault
from xgov.records.clock import today
from xgov.records.fields import Marking

_IS_REFERENCE = re.compile(f"^{REFERENCE}$")
_IS_NEARLY_ONE = re.compile(r"^r[\s_-]*\d[\d\s_]*$", re.IGNORECASE)
SCORED = {f"{name}_{part}": name for name in ASSESSMENTS for part in ("likelihood", "impact")}
LABELS = {column.key: column.label for column in RISK_FILE_COLUMNS}
_COMPARED = tuple(key for key in FIELDS if key not in {"status", "closing_reason"})


class Comparison:
    """One file against one register. `by` is None for a command, which acts with the rights of the whole service."""

    def __init__(self, around: Surroundings, risks: Iterable[Risk], *, by: User | None, file: str) -> None:
        self.around, self.by, self.file, self.today = around, by, file, today()
        self.usual_reason = _("Brought in from %(file)s") % {"file": file}
        self.risks = {risk.reference: risk for risk in risks}
        for risk in self.risks.values():
            risk.programme = around.programme
        self.plan = Plan()
        self.overtaken: Overtaken | None = None

    def of_own(self, rows: list[Row]) -> Plan:
        overtaken = self.overtaken = Overtaken(self.risks, rows)
        for row in rows:
            self.mind_marking(row, self.risks.get(row.key))
            if _IS_NEARLY_ONE.match(row.key) and not _IS_REFERENCE.match(row.key):
                self.fault(row, "reference", _("is not a reference like R-0001. Leave it empty to add a risk"))
            elif not _IS_REFERENCE.match(row.key):
                self.add(row)
            elif (risk := self.risks.get(row.key)) is None:
                words = _("is not a risk of this register that you can see. Leave it empty to add a risk")
                self.fault(row, "reference", words)
            else:
                self._change_own(row, risk, overtaken)
        known = {row.key for row in rows}
        self.plan.absent = sum(1 for reference in self.risks if reference not in known)
        return self.plan

    def before(self, row: Row) -> Any:
        """The risk as whoever edited the row had it; None of a row that names none."""
        risk = self.risks.get(row.key)
        return self.overtaken.of(risk, row.version) if risk and self.overtaken else risk

    def mind_marking(self, row: Row, risk: Risk | None) -> None:
        marks = (row.answers.get("marking"), risk.marking if risk else None)
        self.plan.is_sensitive = self.plan.is_sensitive or Marking.OFFICIAL_SENSITIVE in marks

    def fault(self, row: Row, key: str, message: str) -> None:
        self.plan.faults.append(row.fault(key, str(message)))

    # --- new risks ---------------------------------------------------------------------------

    def add(self, row: Row) -> Addition | None:
        self._refuse_unread(row, None, None)
        answers = dict(row.answers)
        wanted = answers.pop("status", "")
        answers.pop("closing_reason", "")
        self._settle_owner(row, None, answers)
        if "title" not in answers or "kept_by" not in answers or "category" not in answers:
            self._say_what_is_missing(row, answers)
            return None
        risk = Risk(programme=self.around.programme)
        self._put(risk, answers, row)
        self._refuse_days(row, answers)
        risk.status = Risk.Status.DRAFT if wanted == "DRAFT" or possible.missing_from(risk) else Risk.Status.OPEN
        if wanted == "OPEN" and risk.status == Risk.Status.DRAFT:
            self._refuse_unfinished(row, risk)
        risk.review_due = risk.review_due or usual_review_due(risk, self.around.terms)
        if not self.may(risk):
            self.fault(row, "kept_by", _("is a department for which you do not keep risks here"))
        reason = row.reason or self.usual_reason
        ending = wanted if wanted in Risk.ENDED else ""
        addition = Addition(row, risk, reason, ending, closings.reason_given(row))
        self._refuse_ending(row, addition, risk)
        self._refuse_day_of_closing(row, ending)
        self._refuse_owner(row, risk, answers)
        addition.bearing = self._bearing(row, None)
        self.plan.additions.append(addition)
        return addition

    def _say_what_is_missing(self, row: Row, answers: dict[str, Any]) -> None:
        for key in ("title", "kept_by", "category"):
            if key not in answers and key not in row.places:
                self.fault(row, key, _("says nothing of: %(what)s") % {"what": FIELDS[key].label})

    def may(self, risk: Risk) -> bool:
        return self.by is None or rules.can(self.by, Permission.CONTRIBUTE, risk)

    # --- risks that are there ----------------------------------------------------------------

    def _change_own(self, row: Row, risk: Risk, overtaken: Overtaken) -> None:
        answers = dict(row.answers)
        self._settle_owner(row, risk, answers)
        before = overtaken.of(risk, row.version)
        self._refuse_unread(row, risk, before)
        edits = {
            key: value
            for key, value in answers.items()
            if key in _COMPARED and not same(value, stored(before, key)) and not same(value, stored(risk, key))
        }
        ending = self._ending(row, risk, answers, before)
        self._refuse_day_of_closing(row, ending, before, risk)
        opening = answers.get("status") == "OPEN" and risk.status == "DRAFT" and before.status == "DRAFT"
        meanwhile = overtaken.told(risk, before, self.around) if edits or ending or opening else None
        self.change(row, risk, edits, ending=ending, opening=opening, meanwhile=meanwhile)

    def change(
        self, row: Row, risk: Risk, edits: dict[str, Any], *, ending: str = "", opening: bool = False,
        meanwhile: Meanwhile | None = None,
    ) -> Change | None:  # fmt: skip
        bearing = self._bearing(row, risk)
        if not (edits or ending or opening or bearing):
            self.plan.left += 1
            return None
        if not self.may(risk):
            self.fault(row, next(iter(edits), "status"), _("changes a risk that another department keeps"))
            return None
        if risk.has_ended and meanwhile is not None:
            self.plan.left += 1
            words = _("%(risk)s was closed here after the copy was made: what the file says of it is left out.")
            self.plan.notes.append(words % {"risk": risk.reference})
            return None
        if risk.has_ended:
            words = _("changes a risk that is closed. Open it again on its page first")
            self.fault(row, next(iter(edits), "status"), words)
            return None
        after = copy.copy(risk)
        self._put(after, edits, row)
        self._refuse_days(row, edits)
        if opening:
            after.status = Risk.Status.OPEN
        if after.status == Risk.Status.OPEN:
            self._refuse_unfinished(row, after)
        if not self.may(after):
            self.fault(row, next(iter(edits), "status"), _("would put the risk out of your own reach"))
        after.review_due = after.review_due or usual_review_due(after)
        differences = [
            Difference(key, FIELDS[key].label, in_words(key, getattr(risk, key)), in_words(key, value))
            for key, value in edits.items()
            if getattr(risk, key) != value
        ]
        if bearing:
            differences += [Difference(key, LABELS[key], was, now) for key, was, now in bearing.differences]
        if opening:
            differences.append(Difference("status", FIELDS["status"].label, risk.get_status_display(), _("Open")))
        self._ask_why(row, risk, edits)
        self._refuse_owner(row, after, edits)
        change = Change(row, risk, after, differences, row.reason, set(edits), ending, bearing=bearing)
        change.meanwhile = meanwhile
        change.ending_reason = closings.reason_given(row)
        self._refuse_ending(row, change, risk)
        self.plan.changes.append(change)
        return change

    def _ask_why(self, row: Row, risk: Risk, edits: dict[str, Any]) -> None:
        """No score without a trail: the file has a column for the reason."""
        scored = [key for key in edits if key in SCORED]
        if scored and not row.reason:
            where = "reason" if "reason" in row.places else scored[0]
            words = _("is empty, but the row changes a score. Say what has changed, or what you looked at")
            self.fault(row, where, words)

    def _ending(self, row: Row, risk: Risk, answers: dict[str, Any], before: Any) -> str:
        wanted = answers.get("status", "")
        if wanted in ("", risk.status, before.status):
            return ""
        if wanted in Risk.ENDED and not risk.has_ended:
            return wanted
        if not (wanted == "OPEN" and risk.status == "DRAFT"):
            words = _("cannot become “%(status)s” here. Do that on the risk’s own page")
            self.fault(row, "status", words % {"status": Risk.Status(wanted).label})
        return ""

    def _refuse_ending(self, row: Row, step: Addition | Change, risk: Risk) -> None:
        if not step.ending:
            return
        if not step.ending_reason:
            self.fault(row, "closing_reason", _("is empty, but the row closes the risk. Say why"))
        if step.ending == Risk.Status.MATERIALISED and risk.status == Risk.Status.DRAFT:
            self.fault(row, "status", _("cannot be “Has happened” for a draft. Complete and open it first"))
        if self.by is None:
            self.fault(row, "status", _("closes a risk, which a person must do: give the option --as EMAIL"))

    def _refuse_day_of_closing(self, row: Row, ending: str, *versions: Any) -> None:
        if words := closings.wrong_day(row, ending, *versions):
            self.fault(row, "closed_at", words)

    # --- what both share ---------------------------------------------------------------------

    def _settle_owner(self, row: Row, risk: Risk | None, answers: dict[str, Any]) -> None:
        """The person who owns it now may stay without a role here; another one needs one (rule RSK-2)."""
        given = answers.pop("owner as given", None)
        if given is None:
            return
        name, email = given
        present = risk.owner if risk else None
        if present and email.casefold() in ("", present.email.casefold()) and name in ("", present.name):
            answers["owner"] = present
            return
        if present and email.casefold() == present.email.casefold():  # only the name was changed
            answers["owner"] = self.around.person(name)
        if answers["owner"] is None:
            del answers["owner"]
            self.fault(row, "owner", _("is not one person with a role in a department of this programme"))

    def _put(self, risk: Risk, answers: dict[str, Any], row: Row) -> None:
        """Set the answers. The scores follow from the levels by the terms of the register."""
        scale = self.around.terms.scale
        touched = {SCORED[key] for key in answers if key in SCORED}
        for key, value in answers.items():
            setattr(risk, key, value)
        if touched and risk.pk and is_on_another_scale(risk, self.around.terms):
            touched = set(ASSESSMENTS)
        for name in touched:
            pair = [getattr(risk, f"{name}_{part}") for part in ("likelihood", "impact")]
            try:
                setattr(risk, name, scale.score(*pair))
            except NotOnTheScale as wrong:
                empty = f"{name}_{'likelihood' if pair[0] is None else 'impact'}"
                self.fault(row, empty, str(wrong.message))
                continue
            if name != "target":
                setattr(risk, f"{name}_on", self.today if pair[0] else None)

    def _refuse_unread(self, row: Row, risk: Risk | None, before: Any) -> None:
        """A cell that says what the register says may stay, though nobody could choose it any more."""
        for key, (text, wrong) in row.unread.items():
            versions = [record for record in (risk, before) if isinstance(record, Risk)]
            if not any(same_text(text, text_of_cell(in_words(key, getattr(each, key)))) for each in versions):
                self.fault(row, key, wrong)

    def _bearing(self, row: Row, risk: Risk | None) -> Wanted | None:
        if not row.bearing or (self.by is None and not any(row.bearing.values())):
            return None
        if self.by is None:
            self.plan.notes = [_("What risks bear on is taken over only with the option --as EMAIL.")]
            return None
        found = wanted(row, risk, self.around, self.by)
        if isinstance(found, CellFault):
            self.plan.faults.append(found)
            return None
        return found

    def _refuse_owner(self, row: Row, risk: Risk, answered: Container[str]) -> None:
        """Whoever owns a risk sees it (rule RSK-2); a local category is counted under one of ours."""
        if "owner" in answered or "marking" in answered:
            owners = self.around.owners_of(risk.marking)
            if risk.owner_id and risk.owner_id not in owners:
                self.fault(row, "owner", _("is somebody who may not see sensitive records, so cannot own one"))
        if risk.local_category and ("category" in answered or "local_category" in answered):
            under = {local.label: local.category for local in self.around.terms.local_categories}
            if under.get(risk.local_category, risk.category) != risk.category:
                self.fault(row, "local_category", _("is counted under another category"))

    def _refuse_days(self, row: Row, answers: dict[str, Any]) -> None:
        for key in ("review_due", "target_by"):
            if (day := answers.get(key)) is not None and day < self.today:
                self.fault(row, key, _("must be today or later"))
        if (day := answers.get("identified_on")) is not None and day > self.today:
            self.fault(row, "identified_on", _("must be today or earlier"))

    def _refuse_unfinished(self, row: Row, risk: Risk) -> None:
        for key, sentence in possible.missing_from(risk).items():
            self.fault(row, key, sentence.rstrip("."))
