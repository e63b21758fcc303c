"""Where each department stands on a decision: said by its own people, or noted by those who run the programme."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import BoardAppointment, Decision, DecisionPosition
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


def departments_to_speak_for(user: User, decision: Decision) -> list[Department]:
    """The departments in the programme whose position this person may record, while it is proposed."""
    if not decision.is_proposed or not rules.can(user, Permission.VIEW, decision):
        return []
    parties = decision.programme.parties.accepted().select_related("department")
    departments = sorted((party.department for party in parties), key=lambda department: department.name)
    seat = _seat_for(user, decision)
    return [department for department in departments if _may_speak(user, decision, department, seat)]


def _may_speak(user: User, decision: Decision, department: Department, seat: int | None) -> bool:
    place = DecisionPosition(decision=decision, programme=decision.programme, department=department)
    held = rules.permissions_on(user, place)
    return Permission.CONTRIBUTE in held or Permission.SIGN in held or department.pk == seat


def _seat_for(user: User, decision: Decision) -> int | None:
    """A member of the board that decides speaks for the department they come from."""
    if decision.board_id is None:
        return None
    seats = BoardAppointment.objects.current().filter(board_id=decision.board_id, person=user, role="board_member")
    return user.home_department_id if seats.exists() else None


def require_voice(decision: Decision, department: Department, *, by: User) -> None:
    """Raise PermissionDenied unless the person may say where this department stands."""
    if department not in departments_to_speak_for(by, decision):
        place = DecisionPosition(decision=decision, programme=decision.programme, department=department)
        rules.require(by, Permission.CONTRIBUTE, place)
        raise RuleBroken(_("%(department)s takes no part in this programme.") % {"department": department})


@transaction.atomic
def record_position(
    decision: Decision, department: Department, *, by: User, stance: str, words: str = "", reason: str = ""
) -> DecisionPosition:
    """Say or change a department's position. Once the decision is made it stays as it was."""
    decision = hold(decision)
    if not decision.is_proposed:
        rules.require(by, Permission.VIEW, decision)
        raise RuleBroken(_("This decision is no longer open: positions on it stay as they were."))
    place = decision.positions.filter(department=department).first() or DecisionPosition(
        decision=decision, programme=decision.programme, department=department
    )
    require_voice(decision, department, by=by)
    if stance == DecisionPosition.Stance.DISSENTS and not words.strip():
        raise RuleBroken(_("Say why the department dissents."), "words")
    place.stance, place.words = stance, words.strip()
    place.recorded_by, place.recorded_on = by, today()
    with acting(by, reason):
        place.save()
    return place
