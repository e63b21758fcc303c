"""As at which moment the boards of a programme last had a pack."""

from datetime import datetime

from governance.models import Pack
from programmes.models import Programme
from risks.board_moments import answers_board_moment
from xgov.accounts.models import User


@answers_board_moment
def last_pack(programme: Programme, person: User) -> datetime | None:
    newest = Pack.objects.visible_to(person).issued().filter(board__programme=programme).order_by("-as_at")
    return newest.values_list("as_at", flat=True).first()
