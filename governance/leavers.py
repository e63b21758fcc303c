from django.utils.translation import gettext_lazy as _

from governance.models import BoardAppointment
from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import User
from xgov.accounts.parts import Line
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today


def seats_of(person: User) -> DatedQuerySet:
    """Those that are held now, and those that are to begin."""
    held = BoardAppointment.objects.filter(person=person).overlapping(today(), None)
    return held.select_related("board__programme")


def line_of(seat: BoardAppointment) -> Line:
    return Line(str(seat.board), seat.board.get_absolute_url(), seat.role_words.label)


def end(seat: BoardAppointment, reason: str) -> None:
    seat.end()
    seat.save()


put(Holding(_("Seats on boards"), rows=seats_of, line=line_of, end=end, order=30))
