from datetime import date, datetime
from typing import Self

from django.db.models import Prefetch, Q

from programmes.leaving import day_left
from xgov.records.querysets import GovernedQuerySet

_SPOKEN_BY = ("department", "recorded_by", "noted_from")


def _changed_after(moment: datetime | None) -> Q:
    if moment is None:
        return Q()
    return Q(made_at__gt=moment) | Q(status="SUPERSEDED", successors__made_at__gt=moment)


class DecisionQuerySet(GovernedQuerySet):
    def proposed(self) -> Self:
        return self.filter(status="PROPOSED")

    def made(self) -> Self:
        """Made, whether still standing or superseded since."""
        return self.filter(status__in=["MADE", "SUPERSEDED"])

    def standing(self) -> Self:
        return self.filter(status="MADE")

    def overdue(self, day: date) -> Self:
        return self.proposed().filter(needed_by__lt=day)

    def changed_since(self, moment: datetime | None, if_sensitive: datetime | None) -> Self:
        """Recorded as made since then, or superseded by one that was. None: all that were ever made."""
        sensitive = Q(marking="OFFICIAL_SENSITIVE")
        return self.made().filter((~sensitive & _changed_after(moment)) | (sensitive & _changed_after(if_sensitive)))

    def with_parts(self) -> Self:
        """What a decision's page and a pack say of it: three more queries, whatever the number of decisions."""
        from governance.models import DecisionOption, DecisionPosition

        positions = DecisionPosition.objects.select_related(*_SPOKEN_BY).annotate(left_on=day_left("department"))
        return self.select_related("programme", "board", "chosen", "decided_by", "supersedes").prefetch_related(
            Prefetch("options", queryset=DecisionOption.objects.order_by("position")),
            Prefetch("positions", queryset=positions),
            "successors",
        )
