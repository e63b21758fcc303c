"""Where each department stands on a decision: said by its own people, or noted by those who run the programme."""

from django.core.exceptions import PermissionDenied
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
    """The departments whose position this person may record or change now, while it is proposed."""
    if not decision.is_proposed or not rules.can(user, Permission.VIEW, decision):
        return []
    parties = decision.programme.parties.accepted().select_related("department")
    departments = sorted((party.department for party in parties), key=lambda department: department.name)
    own, said = _own_departments(user, decision), _said_by_their_own(decision)
    seat = _seat_for(user, decision)
    open_to_them = (each for each in departments if each.pk in own or each.pk not in said)
    return [department for department in open_to_them if _may_speak(user, decision, department, seat)]


def _may_speak(user: User, decision: Decision, department: Department, seat: int | None) -> bool:
    place = DecisionPosition(decision=decision, programme=decision.programme, department=department)
    held = rules.permissions_on(user, place)
    return Permission.CONTRIBUTE in held or Permission.SIGN in held or department.pk == seat


def _said_by_their_own(decision: Decision) -> set[int]:
    """The departments whose own people have said where they stand: nobody else writes over that."""
    return {position.department_id for position in decision.positions_in_order if position.is_its_own}


def speaks_as_its_own(user: User, decision: Decision, department: Department) -> bool:
    return department.pk in _own_departments(user, decision)


def _own_departments(user: User, decision: Decision) -> frozenset[int]:
    """The departments for which this person speaks as one of theirs, not as one who runs the programme."""
    for_them = rules.acting_for(user, Permission.CONTRIBUTE, decision.programme)
    for_them |= rules.acting_for(user, Permission.SIGN, decision.programme)
    return for_them | {user.home_department_id}


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
        if department.pk in _said_by_their_own(decision):
            raise PermissionDenied(
                _("%(department)s has said itself where it stands. Only its own people change that.")
                % {"department": department}
            )
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
    place.noted_from = None if speaks_as_its_own(by, decision, department) else by.home_department
    with acting(by, reason):
        place.save()
    return place
