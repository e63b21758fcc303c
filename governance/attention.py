"""What of the boardroom waits for a person, and what is to be looked at in a programme."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from governance.models import Pack
from xgov.accounts.models import User
from xgov.pages.attention import Waiting, waits
from xgov.records.clock import today


@waits
def packs_that_were_not_issued(person: User) -> Iterator[Waiting]:
    """Whoever asked for a pack hears that nothing came of it, until somebody tries again."""
    packs = Pack.objects.visible_to(person).not_issued().filter(state=Pack.State.FAILED, asked_by=person)
    for pack in packs.for_lists().select_related("programme"):
        words = _("Try again to issue pack %(number)d of %(board)s, which failed")
        yield Waiting(
            words % {"number": pack.number, "board": pack.board}, pack.get_absolute_url(), pack.programme.name,
            due=pack.meeting_on or today(), since=pack.updated_at.date(),
        )  # fmt: skip
