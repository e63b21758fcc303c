"""Who sits at the level “programme board” when a risk escalates."""

from collections.abc import Collection, Iterable

from governance.models import BoardAppointment
from risks.level_holders import Held, holds, narrowed
from xgov.accounts.models import User


@holds("PROGRAMME_BOARD")
def deciding_board(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    """Everybody with a seat on the board that takes the programme's decisions, its secretary too."""
    seats = BoardAppointment.objects.current().filter(board__is_deciding=True, board__closed_on__isnull=True)
    return narrowed(seats, programmes, person, "board__programme").values_list("board__programme", "person")
