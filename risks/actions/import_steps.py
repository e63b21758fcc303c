"""Carries out what the sheets beside that of the risks ask for: each step by the action that a page would call."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.actions.controls import add_control, change_control, check_control, end_control
from risks.actions.links import keep_from_above, link_risks, share_upwards, unlink_risks
from risks.actions.mitigations import add_mitigation, change_mitigation, drop_mitigation, finish_mitigation
from risks.imports.plans import Addition, Step
from risks.models import Control, Risk, RiskLink
from xgov.accounts.models import User
from xgov.records.acting import current_signer
from xgov.records.errors import RuleBroken

_OF_A_RECORD = {
    ("mitigation", "change"): change_mitigation,
    ("mitigation", "finish"): finish_mitigation,
    ("mitigation", "drop"): drop_mitigation,
    ("control", "change"): change_control,
    ("control", "check"): check_control,
    ("control", "end"): end_control,
    ("link", "end"): unlink_risks,
    ("link", "share"): share_upwards,
    ("link", "keep"): keep_from_above,
}
# The column that a refusal stands against where it names none.
BLAMED = {"mitigation": "text", "control": "text", "link": "other"}


class Taker:
    """Takes the steps of one file. `additions`: the risks that came in with it."""

    def __init__(self, programme: Programme, additions: Iterable[Addition], by: User | None) -> None:
        self.programme, self.by = programme, by
        self.new = {addition.row.key: addition.risk for addition in additions if addition.row.key}
        self.touched: set[tuple[str, int]] = set()

    def take(self, step: Step) -> None:
        """Raises RuleBroken and its like, and ChangedMeanwhile when somebody was quicker."""
        if self.by is None:
            raise RuleBroken(_("is for a person to change: give the option --as EMAIL"))
        if step.record is None:
            {"mitigation": self._add_mitigation, "control": self._add_control, "link": self._add_link}[step.kind](step)
            return
        key = (step.kind, step.record.pk)
        seen = None if key in self.touched else step.record.lock_version  # the second step finds what the first left
        self.touched.add(key)
        verb = _OF_A_RECORD[step.kind, step.verb]
        verb(step.record, by=self.by, seen_version=seen, reason=self._reason(step), **step.answers)

    def _add_mitigation(self, step: Step) -> None:
        add_mitigation(step.risk or self._risk(step.row.key), by=self.by, reason=self._reason(step), **step.answers)

    def _add_control(self, step: Step) -> Control:
        answers: dict[str, Any] = dict(step.answers)
        check, reason = answers.pop("check"), self._reason(step)
        control = add_control(step.risk or self._risk(step.row.key), by=self.by, reason=reason, **answers)
        return check_control(control, by=self.by, reason=reason, **check) if check else control

    def _add_link(self, step: Step) -> RiskLink:
        risk, other = self._risk(step.row.key), self._risk(step.answers["other"])
        link = link_risks(risk, other, by=self.by, kind=step.answers["kind"], reason=self._reason(step))
        return share_upwards(link, by=self.by, reason=self._reason(step)) if step.answers["shared"] else link

    def _risk(self, key: str) -> Risk:
        found = self.new.get(key) or Risk.objects.visible_to(self.by).filter(programme=self.programme, reference=key)
        risk = found if isinstance(found, Risk) else found.first()
        if risk is None:
            raise RuleBroken(_("speaks of %(risk)s, which is no risk of this register") % {"risk": key}, "risk")
        return risk

    def _reason(self, step: Step) -> str:
        """As the row gives it; else that it came with the file."""
        return step.row.reason or current_signer().reason
