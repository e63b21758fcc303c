"""Who prepares a proposal: those who run the programme, and for their own board its secretary.

What a board is asked to decide is one of its papers (it stands in its pack under “Decisions required”), and papers are
the secretary's work. It reaches no other board, no decision that one person takes alone, and nothing that the
secretary may not see. The decision itself is taken by others.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from governance.models import Board, Decision
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.standing import open_doors
from xgov.accounts.models import User


def boards_prepared_for(person: User, programme: Programme) -> list[Board]:
    """The open boards of the programme whose proposals this person may write."""
    run = open_doors(person, Board, Permission.MANAGE)
    return list(Board.objects.open().visible_to(person).filter(programme=programme, pk__in=run).order_by("name"))


def may_prepare(person: User, decision: Decision) -> bool:
    held = rules.permissions_on(person, decision)
    if Permission.MANAGE in held:
        return True
    board = decision.board
    return (
        Permission.VIEW in held
        and board is not None
        and not board.is_closed
        and rules.can(person, Permission.MANAGE, board)
    )


def require_preparing(person: User, decision: Decision) -> None:
    """Raise PermissionDenied unless the person may propose this, or change or withdraw it while it is proposed."""
    if not may_prepare(person, decision):
        raise PermissionDenied(_("Only those who run the programme, and the secretary of the board, can do this."))
