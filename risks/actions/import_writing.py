"""Writes a Plan to the register: all of it, or none. Called with the programme's row held and a signer acting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import escalation
from risks.actions.acceptances import ACCEPTED, end_overtaken
from risks.actions.affected import say_what_is_affected
from risks.actions.endings import close_risk
from risks.actions.holding_back import hold_back_imports
from risks.actions.import_steps import BLAMED, Taker
from risks.imports.comparing import SCORED
from risks.imports.plans import Addition, Change, Plan
from risks.imports.rows import Row
from risks.models import ColumnMapping, ImportedRow, RegisterImport, Risk
from risks.score_guard import SCORE_COLUMNS
from xgov.accounts.models import User
from xgov.papers.workbooks import CellFault
from xgov.records.errors import RuleBroken

_FOLLOW_FROM_SCORES = {*SCORE_COLUMNS, "inherent_on", "residual_on"}


class RowRefused(Exception):
    """A rule stands against one row; `fault` says which and where."""

    def __init__(self, fault: CellFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


Refuse = Callable[[CellFault], object]


def refuse_all(fault: CellFault) -> NoReturn:
    """What one row may not do takes the whole file back."""
    raise RowRefused(fault)


def write(
    plan: Plan, programme: Programme, *, by: User | None, brought: RegisterImport | None,
    mapping: ColumnMapping | None, refuse: Refuse = refuse_all,
) -> None:  # fmt: skip
    """Raises RowRefused, or ChangedMeanwhile when somebody was quicker; the caller's transaction takes it all back.

    With another `refuse` each rule that a row breaks is told to it, and the next row is tried.
    """
    _add(plan.additions, programme)
    carried_out = [change for change in plan.carried_out if change.fields or change.after.status != change.risk.status]
    _change(carried_out)
    hold_back_imports(programme, [change.after for change in carried_out if "marking" in change.fields])
    if mapping is not None:
        _keep_rows(plan, mapping, brought)
    _say_what_is_affected(plan, by, refuse)
    _end(plan, by, refuse)
    taker = Taker(programme, plan.additions, by)
    for step in plan.steps_taken:
        with _naming(step.row, BLAMED[step.kind], refuse):
            taker.take(step)


def _add(additions: list[Addition], programme: Programme) -> None:
    risks = []
    for number, addition in enumerate(additions, start=1 + _last_number(programme)):
        addition.risk.reference = f"R-{number:04}"
        addition.risk._change_reason = addition.reason
        risks.append(addition.risk)
    if risks:
        going_on = [addition.risk for addition in additions if not addition.ending]
        escalation.create_many(going_on)
        Risk.objects.create_many([addition.risk for addition in additions if addition.ending])  # and closed in a moment


def _last_number(programme: Programme) -> int:
    newest = (
        Risk.objects.filter(programme=programme)
        .order_by(Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return int(newest.removeprefix("R-")) if newest else 0


def _change(changes: list[Change]) -> None:
    """In one write: no field that nobody touched, and each row with the reason that its own row gives."""
    if not changes:
        return
    fields = {"review_due", "status"}.union(*(change.fields for change in changes))
    if fields & set(SCORED):
        fields |= _FOLLOW_FROM_SCORES
    for change in changes:
        change.after._change_reason = change.reason or None
    risks = [change.after for change in changes]
    end_overtaken([risk for risk in risks if risk.residual_score])
    escalation.save_many(risks, fields.union(ACCEPTED))


def _keep_rows(plan: Plan, mapping: ColumnMapping, brought: RegisterImport | None) -> None:
    """What their register says of each risk, as given: by it the next copy is held against this one."""
    new = [
        ImportedRow(
            programme=mapping.programme, risk=addition.risk, mapping=mapping, brought_in=brought, key=addition.row.key,
            said=addition.row.said, kept_as_given=addition.row.kept_as_given,
        )
        for addition in plan.additions
    ]  # fmt: skip
    if new:
        ImportedRow.objects.create_many(new)
    anew = [*plan.said_anew, *((change.earlier, change.row) for change in plan.changes if change.earlier)]
    for known, row in anew:
        known.said, known.kept_as_given, known.brought_in = row.said, row.kept_as_given, brought
    if anew:
        ImportedRow.objects.save_many([known for known, _row in anew], ["said", "kept_as_given", "brought_in"])


def _say_what_is_affected(plan: Plan, by: User | None, refuse: Refuse) -> None:
    for step in (*plan.additions, *plan.carried_out):
        if step.bearing is not None and by is not None:
            with _naming(step.row, "affected_departments", refuse):
                say_what_is_affected(step.risk, by=by, reason=step.reason, **step.bearing.answers)


def _end(plan: Plan, by: User | None, refuse: Refuse) -> None:
    for step in (*plan.additions, *plan.carried_out):
        if step.ending:
            with _naming(step.row, "status", refuse):
                close_risk(
                    step.risk, by=by, reason=step.ending_reason, has_happened=step.ending == Risk.Status.MATERIALISED
                )


@contextmanager
def _naming(row: Row, key: str, refuse: Refuse) -> Iterator[None]:
    """A rule that is broken is said of the cell it stands against."""
    try:
        yield
    except RuleBroken as broken:
        refuse(row.fault(broken.field or key, str(broken.message).rstrip(".")))
    except ValidationError as wrong:
        refuse(row.fault(key, " ".join(wrong.messages)))
    except PermissionDenied:
        refuse(row.fault(key, _("is not yours to change")))
