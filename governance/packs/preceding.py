"""The packs before this one: the one it replaces, and the one from which its changes are counted."""

from dataclasses import dataclass
from datetime import datetime

from governance.models import Pack


@dataclass(frozen=True)
class Preceding:
    replaces: Pack | None  # the newest for the same meeting
    last: Pack | None  # the last that was no pack for the same meeting
    counted_from: Pack | None  # the last that could have told of what this one may tell

    @property
    def since(self) -> datetime | None:
        return self.counted_from.as_at if self.counted_from else None

    @property
    def is_counted_from_the_last(self) -> bool:
        return self.counted_from == self.last


def preceding(pack: Pack, *, with_sensitive: bool) -> Preceding:
    """A replacement counts from where the first pack for its meeting did: its readers throw the other away."""
    issued = pack.board.packs.issued().newest_first().defer("composed", "html")
    same_meeting = list(issued.filter(meeting_on=pack.meeting_on)) if pack.meeting_on else []
    earlier = issued.filter(number__lt=same_meeting[-1].number) if same_meeting else issued
    last = earlier.first()
    told_as_much = earlier.filter(with_sensitive=True) if with_sensitive else earlier
    return Preceding(same_meeting[0] if same_meeting else None, last, told_as_much.first())
