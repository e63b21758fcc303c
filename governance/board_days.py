"""When the boards of a programme last had a pack."""

from datetime import date

from django.utils import timezone

from governance.models import Pack
from programmes.models import Programme
from risks.board_days import answers_board_day
from xgov.accounts.models import User


@answers_board_day
def last_pack(programme: Programme, person: User) -> date | None:
    newest = Pack.objects.visible_to(person).issued().filter(board__programme=programme).order_by("-as_at")
    as_at = newest.values_list("as_at", flat=True).first()
    return timezone.localdate(as_at) if as_at else None
