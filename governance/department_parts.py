from collections.abc import Iterator

from governance.models import BoardAppointment
from xgov.accounts.models import User
from xgov.accounts.parts import RoleHeld, roles_of_person


@roles_of_person
def seats_of(person: User, reader: User) -> Iterator[RoleHeld]:
    """Seats on boards, on the page of the person who holds them."""
    seats = BoardAppointment.objects.current().filter(person=person).select_related("board__programme")
    for seat in seats.visible_to(reader):
        yield RoleHeld(seat.role, str(seat.board), seat.board.get_absolute_url(), seat.since, seat.until)
