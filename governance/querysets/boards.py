from typing import Self

from xgov.records.querysets import GovernedQuerySet


class BoardQuerySet(GovernedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)
