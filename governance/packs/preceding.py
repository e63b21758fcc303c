"""The packs before this one: the one it replaces, and those from which its changes are counted."""

from dataclasses import dataclass
from datetime import datetime

from governance.models import Pack
from xgov.records.fields import Marking


@dataclass(frozen=True)
class Preceding:
    replaces: Pack | None  # the newest for the same meeting
    last: Pack | None  # the last that was no pack for the same meeting
    last_with_sensitive: Pack | None  # the last of those that could tell of records marked OFFICIAL-SENSITIVE

    @property
    def since(self) -> datetime | None:
        return self.last.as_at if self.last else None

    @property
    def since_by_marking(self) -> dict[str, datetime | None]:
        told = self.last_with_sensitive
        return {Marking.OFFICIAL_SENSITIVE.value: told.as_at if told else None}


def preceding(pack: Pack) -> Preceding:
    """A replacement counts from where the first pack for its meeting did: its readers throw the other away."""
    issued = list(pack.board.packs.issued().newest_first().defer("composed", "html"))
    same_meeting = [each for each in issued if pack.meeting_on and each.meeting_on == pack.meeting_on]
    earlier = [each for each in issued if not same_meeting or each.number < same_meeting[-1].number]
    told_all = (each for each in earlier if each.with_sensitive)
    return Preceding(next(iter(same_meeting), None), next(iter(earlier), None), next(told_all, None))
