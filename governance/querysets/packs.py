from typing import Self

from xgov.records.querysets import GovernedQuerySet


class PackQuerySet(GovernedQuerySet):
    def issued(self) -> Self:
        return self.filter(state="ISSUED")

    def not_issued(self) -> Self:
        """The one pack that a board may have in the making, or that failed and waits to be tried again."""
        return self.exclude(state="ISSUED")

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def for_lists(self) -> Self:
        """Without what is heavy."""
        return self.select_related("board", "issued_by").defer("composed", "html")
