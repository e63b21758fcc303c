from datetime import date
from typing import Self

from django.db.models import Prefetch, Q

from risks.scoring import BANDS
from xgov.accounts.models import Department
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today
from xgov.records.querysets import GovernedQuerySet


class RiskQuerySet(GovernedQuerySet):
    def open(self) -> Self:
        return self.filter(status="OPEN")

    def in_band(self, key: str) -> Self:
        """Residual scores of one band: LOW, MEDIUM, HIGH or VERY_HIGH."""
        band = BANDS[key]
        return self.filter(residual_score__range=(band.lowest, band.highest))

    def above_appetite(self) -> Self:
        """Open risks whose residual score is above the programme's appetite for their category."""
        return self.filter(escalated_since__isnull=False)

    def overdue_review(self, day: date | None = None) -> Self:
        """Open risks whose review was due before the day; before today by default."""
        return self.open().filter(review_due__lt=day or today())

    def kept_by(self, department: Department) -> Self:
        return self.filter(kept_by=department)

    def containing(self, text: str) -> Self:
        """Risks with every one of these words somewhere in their reference, title, cause, event or consequence."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(reference__iexact=word)
                | Q(title__icontains=word)
                | Q(event__icontains=word)
                | Q(cause__icontains=word)
                | Q(consequence__icontains=word)
            )
        return found

    def highest_first(self) -> Self:
        return self.order_by("-residual_score", "-id")

    def with_page_relations(self) -> Self:
        """Everything that a row of a list says, in the one query."""
        return self.select_related("programme", "kept_by", "owner")

    def with_planned_mitigations(self) -> Self:
        from risks.models import Mitigation

        planned = Mitigation.objects.planned().select_related("owner", "department").order_by("due", "id")
        return self.prefetch_related(Prefetch("mitigations", queryset=planned, to_attr="planned_mitigations"))


class AppetiteQuerySet(DatedQuerySet):
    """Dated rows: the one without an end is in force."""


class MitigationQuerySet(GovernedQuerySet):
    def planned(self) -> Self:
        return self.filter(status="PLANNED")

    def late(self, day: date | None = None) -> Self:
        return self.planned().filter(due__lt=day or today())
