from datetime import date, datetime
from typing import Self

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils.timezone import localdate

from programmes.leaving import day_left
from xgov.records.clock import today
from xgov.records.querysets import GovernedQuerySet


class NumberedQuerySet(GovernedQuerySet):
    """Records that are quoted by a reference within their programme: DS-0001, DF-0001."""

    def next_reference(self, prefix: str) -> str:
        """The reference after the newest. Ask with the programme's row locked, else two people get the same."""
        newest = self.filter(reference__startswith=f"{prefix}-").order_by("-reference").first()
        number = int(newest.reference.rpartition("-")[2]) if newest else 0
        return f"{prefix}-{number + 1:04}"


class DatasetQuerySet(NumberedQuerySet):
    def in_use(self) -> Self:
        return self.filter(withdrawn_on__isnull=True)

    def late(self, day: date | None = None) -> Self:
        """A refresh was due, the days allowed are over, and nothing has been received."""
        return self.in_use().filter(late_from__lte=day or today())

    def late_since(self, moment: datetime) -> Q:
        """Of the late ones, those that became so since that moment, and those that were not known to be late then."""
        versions = self.model.history.filter(id=OuterRef("pk"), history_date__lte=moment)
        late_then = Subquery(versions.order_by("-history_date", "-history_id").values("late_from")[:1])
        day = localdate(moment)
        return Q(late_from__gt=day) | Q(GreaterThan(Coalesce(late_then, Value(date.max)), Value(day)))

    def due_before(self, day: date) -> Self:
        return self.in_use().filter(next_due_on__lt=day)

    def with_personal_data(self) -> Self:
        return self.exclude(personal_data="NONE")

    def for_a_list(self) -> Self:
        """With the department that provides it, and the day on which that left the programme: `left_on`."""
        return self.select_related("kept_by").annotate(left_on=day_left("kept_by"))


class DataFlowQuerySet(NumberedQuerySet):
    def not_ended(self) -> Self:
        return self.exclude(status="ENDED")

    def live(self) -> Self:
        return self.filter(status="LIVE")

    def with_what_live_needs(self) -> Self:
        """Everything that `missing_before_live` looks at, in three queries."""
        from datasharing.models import FlowController

        rows: QuerySet = FlowController.objects.select_related("department").order_by("pk")
        return self.select_related(
            "programme", "kept_by", "dataset", "dataset__kept_by", "from_department", "to_department", "assessment"
        ).prefetch_related(Prefetch("controllers", queryset=rows), "programme__parties")


class AssessmentQuerySet(NumberedQuerySet):
    def review_due(self, day: date | None = None) -> Self:
        return self.filter(state="APPROVED", review_on__lte=day or today())


class QualityCheckQuerySet(GovernedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-checked_on", "-pk")

    def below_target(self) -> Self:
        """Of the datasets in use, the newest check of each dimension where it measured less than its target."""
        same = self.model.objects.filter(dataset=OuterRef("dataset"), dimension=OuterRef("dimension"))
        newest = self.filter(pk=Subquery(same.newest_first().values("pk")[:1]), dataset__withdrawn_on__isnull=True)
        return newest.filter(measured_percent__lt=F("target_percent"))


class RefreshQuerySet(GovernedQuerySet):
    def counted(self) -> Self:
        """Without those that were recorded by mistake."""
        return self.filter(struck_out_on__isnull=True)
