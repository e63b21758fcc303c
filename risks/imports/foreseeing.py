"""Which risks of a file would escalate by themselves, or return, once it is applied."""

from programmes.models import Programme
from risks import escalation
from risks.imports.plans import Addition, Change, Plan


def foresee(plan: Plan, programme: Programme) -> None:
    """Said of each addition and change that ends no risk, with what the file says of the departments it affects."""
    steps: list[Addition | Change] = [each for each in (*plan.additions, *plan.changes) if not each.ending]
    wanted = [
        (step.after if isinstance(step, Change) else step.risk, step.bearing and _departments(step)) for step in steps
    ]
    for step, foreseen in zip(steps, escalation.foresee(programme, wanted), strict=True):
        step.foreseen = foreseen


def _departments(step: Addition | Change) -> list[int]:
    return [department.pk for department in step.bearing.departments]
