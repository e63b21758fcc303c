from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from programmes.models import Appointment, Party
from risks.score_guard import refuse_silent_scores
from xgov.accounts.models import Department, Membership
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today
from xgov.records.querysets import GovernedQuerySet

_IN_A_ROW = (
    "reference", "title", "category", "status", "marking", "review_due", "above_appetite_since",
    "above_tolerance_since", "escalated_to",
    "residual_likelihood", "residual_impact", "residual_score", "residual_band", "scale",
    "programme__reference", "programme__name", "kept_by__name", "kept_by__abbreviation", "owner__name",
)  # fmt: skip


class RiskQuerySet(GovernedQuerySet):
    def create_many(self, records: Iterable[models.Model]) -> list[models.Model]:
        records = list(records)
        refuse_silent_scores(records)
        return super().create_many(records)

    def save_many(self, records: Sequence[models.Model], fields: Sequence[str]) -> int:
        refuse_silent_scores(records, fields)
        return super().save_many(records, fields)

    def open(self) -> Self:
        return self.filter(status="OPEN")

    def live(self) -> Self:
        """Open risks and drafts: what has not ended."""
        return self.filter(closed_at__isnull=True)

    def in_bands(self, keys: Iterable[str]) -> Self:
        """Residual scores of any of these bands (LOW, MEDIUM, HIGH, VERY_HIGH). Of none: all, scored or not."""
        chosen = list(keys)
        return self.filter(residual_band__in=chosen) if chosen else self

    def to_be_scored(self) -> Self:
        """Live risks that a person has still to score, such as those whose scores came in words that fit no scale."""
        return self.live().filter(models.Q(residual_score=0) | models.Q(inherent_score=0))

    def above_appetite(self) -> Self:
        """Open risks whose residual score is above the programme's appetite for their category."""
        return self.filter(above_appetite_since__isnull=False)

    def above_tolerance(self) -> Self:
        """Open risks whose residual score is above what is tolerated: above the appetite, and not to be borne."""
        return self.filter(above_tolerance_since__isnull=False)

    def escalated(self) -> Self:
        """Open risks that wait for a level above those who deal with them."""
        return self.exclude(escalated_to="")

    def overdue_review(self, day: date | None = None) -> Self:
        """Open risks whose review was due before the day; before today by default."""
        return self.open().filter(review_due__lt=day or today())

    def whose_owner_has_left(self) -> Self:
        """Live risks whose owner has no role today in a department that has joined, nor in the programme (RSK-2)."""
        here = {"person": OuterRef("owner"), "person__is_active": True}
        joined = Party.objects.accepted().filter(programme=OuterRef(OuterRef("programme"))).values("department")
        member = Membership.objects.current().filter(**here, department__in=joined)
        appointed = Appointment.objects.current().filter(**here, programme=OuterRef("programme"))
        return self.live().filter(~Exists(member), ~Exists(appointed), owner__isnull=False)

    def left_by_who_acts(self) -> Self:
        """Live risks with a mitigation to be done, or a control run, by somebody who may no longer sign in."""
        from risks.models import Control, Mitigation

        theirs = {"risk": OuterRef("pk"), "owner__is_active": False}
        planned, in_place = Mitigation.objects.planned().filter(**theirs), Control.objects.in_place().filter(**theirs)
        return self.live().filter(Exists(planned) | Exists(in_place))

    def accepted(self, day: date | None = None) -> Self:
        """Open risks that somebody with the authority carries as they are, up to the score they now have."""
        return self.filter(accepted_until__gte=day or today(), accepted_up_to__gte=models.F("residual_score"))

    def with_late_mitigations(self, day: date | None = None) -> Self:
        """Live risks about which something should have been done before the day; before today by default."""
        from risks.models import Mitigation

        return self.live().filter(Exists(Mitigation.objects.late(day).filter(risk=OuterRef("pk"))))

    def on_another_scale(self) -> Self:
        """Live risks with a score of a scale that their register no longer uses: they are to be scored again."""
        from risks.models import RegisterSettings

        agreed = RegisterSettings.objects.in_force().filter(programme=OuterRef("programme")).values("scale")[:1]
        in_use = Coalesce(Subquery(agreed), Value("5X5"))
        return self.live().filter(Q(residual_score__gt=0) | Q(inherent_score__gt=0)).exclude(scale=in_use)

    def kept_by(self, department: Department) -> Self:
        return self.filter(kept_by=department)

    def touching(self, department: Department) -> Self:
        """Those that the department keeps, and those that affect it today."""
        from risks.models import AffectedDepartment

        affected = AffectedDepartment.objects.current().filter(risk=OuterRef("pk"), department=department)
        return self.filter(Q(kept_by=department) | Exists(affected))

    def highest_first(self) -> Self:
        return self.order_by("-residual_score", "-id")

    def with_page_relations(self) -> Self:
        """The programme, the keeper and the owner of each, in the one query."""
        return self.select_related("programme", "kept_by", "owner")

    def for_a_list(self) -> Self:
        """What a row of a list says and no more: the long texts stay where they are."""
        return self.with_page_relations().only(*_IN_A_ROW)

    def with_score_at(self, moment: datetime, if_sensitive: datetime | None) -> Self:
        """`score_then`: the residual score at that moment, from history; None for a risk that was not there yet.

        Of a sensitive risk at the other moment; None: as if it had not been there. One that was not yet marked at the
        moment was told of then, as any other.
        """
        then = self._score_at(moment)
        if if_sensitive != moment:
            sensitive_then = self._score_at(if_sensitive) if if_sensitive else Value(None)
            then = Case(
                When(self.kept_back_at(moment), then=sensitive_then), default=then,
                output_field=models.PositiveSmallIntegerField(null=True),
            )  # fmt: skip
        return self.annotate(score_then=then)

    def kept_back_at(self, moment: datetime) -> Q:
        """Sensitive risks that were so at that moment already, or were not there."""
        versions = self.model.history.filter(id=OuterRef("pk"), history_date__lte=moment)
        marked = Subquery(versions.order_by("-history_date", "-history_id").values("marking")[:1])
        was_plain = Exact(Coalesce(marked, Value("")), Value("OFFICIAL"))
        return Q(marking="OFFICIAL_SENSITIVE") & ~Q(was_plain)

    def _score_at(self, moment: datetime) -> Subquery:
        versions = self.model.history.filter(id=OuterRef("pk"), history_date__lte=moment)
        return Subquery(versions.order_by("-history_date", "-history_id").values("residual_score")[:1])

    def moved_since(self, moment: datetime, if_sensitive: datetime | None) -> Self:
        """Those that are new, rose, fell or ended since: with `score_then` and `reason_since`. No draft is one.

        Of a sensitive risk since the other moment; None: as if it had not been there.
        """
        ended = Q(closed_at__gte=moment)
        if if_sensitive is not None:
            ended |= Q(marking="OFFICIAL_SENSITIVE", closed_at__gte=if_sensitive)
        moved = ~Q(score_then=models.F("residual_score")) | Q(score_then=None) | ended
        never_open = Q(status="DRAFT") | Q(residual_score=0) | self.ended_as_draft()
        found = self.exclude(never_open).filter(Q(closed_at=None) | ended).with_score_at(moment, if_sensitive)
        return found.filter(moved).with_reason_since(min(moment, if_sensitive or moment))

    def ended_as_draft(self) -> Q:
        """Risks that ended and were never open."""
        return Q(closed_at__isnull=False) & ~Exists(self.model.history.filter(id=OuterRef("pk"), status="OPEN"))

    def with_reason_since(self, moment: datetime) -> Self:
        """`reason_since`: why the score last changed after that moment, or why an ended risk ended if that is newer.

        What was said with any other change (an acceptance, a new owner) is no reason for the score.
        """
        earlier = Q(history_date__lt=OuterRef("history_date")) | Q(
            history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")
        )
        before = self.model.history.filter(earlier, id=OuterRef("id")).order_by("-history_date", "-history_id")
        told = self.model.history.annotate(
            score_before=Subquery(before.values("residual_score")[:1]),
            status_before=Subquery(before.values("status")[:1]),
        )
        ended = Q(status__in=self.model.ENDED) & ~Q(status=models.F("status_before"))
        changed = Q(score_before=None) | ~Q(residual_score=models.F("score_before")) | ended
        told = told.filter(changed, id=OuterRef("pk"), history_date__gt=moment)
        newest = told.order_by("-history_date", "-history_id").values("history_change_reason")[:1]
        return self.annotate(reason_since=Subquery(newest))

    def with_planned_mitigations(self) -> Self:
        from risks.models import Mitigation

        planned = Mitigation.objects.planned().select_related("owner", "department").order_by("due", "id")
        return self.prefetch_related(Prefetch("mitigations", queryset=planned, to_attr="planned_mitigations"))

    def by_category(self) -> dict[str, dict[str, int]]:
        """How many there are in each category, and how many of them are above the appetite."""
        found = self.order_by().values("category").annotate(number=Count("pk"), above=Count("above_appetite_since"))
        return {row["category"]: row for row in found}


class RegisterSettingsQuerySet(GovernedQuerySet):
    def in_force(self) -> Self:
        return self.filter(status="IN_FORCE")

    def proposed(self) -> Self:
        return self.filter(status="PROPOSED")

    def to_be_answered(self) -> Self:
        """Proposed, or in force: a department that joins later is asked too."""
        return self.filter(status__in=["PROPOSED", "IN_FORCE"])


class AppetiteQuerySet(DatedQuerySet):
    """Dated rows: the one without an end is in force, or will be from its first day on."""

    def not_over(self) -> Self:
        """In force, or to begin on a day that has been agreed."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=today())).exclude(until=models.F("since"))

    def joint(self) -> Self:
        """What the departments of a programme agreed together."""
        return self.filter(department__isnull=True)

    def overdue_review(self, day: date | None = None) -> Self:
        return self.current(day).filter(review_due__lt=day or today())


class EscalationQuerySet(GovernedQuerySet):
    def live(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=self.model.LIVE)

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=self.model.WAITING)

    def late(self, day: date | None = None) -> Self:
        """Those whose answer was due before the day; before today by default."""
        return self.waiting().filter(response_due__lt=day or today())

    def not_climbed(self) -> Self:
        """Those that did not climb since the present answer was due. Asked again, they are given another day."""
        climbs = self.model.objects.filter(climbed_from=OuterRef("pk"))
        return self.exclude(Exists(climbs.filter(raised_at__date__gt=OuterRef("response_due"))))

    def with_page_relations(self) -> Self:
        people = ("raised_by", "acknowledged_by", "answered_by", "ended_by")
        return self.select_related("programme", "risk__kept_by", "risk__owner", "risk__programme", *people)


class MitigationQuerySet(GovernedQuerySet):
    def by_urgency(self) -> Self:
        """What is still to be done first, then what was done and dropped; each by the day it is due."""
        return self.order_by(Case(When(status="PLANNED", then=0), default=1), "due", "id")

    def planned(self) -> Self:
        return self.filter(status="PLANNED")

    def late(self, day: date | None = None) -> Self:
        return self.planned().filter(due__lt=day or today())


class AffectedQuerySet(DatedQuerySet):
    """What a risk bears on; the rows without an end do so now."""


class ControlQuerySet(GovernedQuerySet):
    def in_place(self) -> Self:
        return self.filter(status="IN_PLACE")

    def by_line(self) -> Self:
        """Those in place first; from the first line outwards."""
        lines = [When(line=line, then=number) for number, line in enumerate(("FIRST", "SECOND", "THIRD"))]
        return self.order_by(Case(When(status="IN_PLACE", then=0), default=1), Case(*lines, default=3), "id")


class AcceptanceQuerySet(GovernedQuerySet):
    def in_force(self, day: date | None = None) -> Self:
        """Not ended, and not run out: also on a morning on which the nightly task has not been by."""
        return self.filter(ended_at__isnull=True, expires_on__gte=day or today())

    def run_out(self, day: date | None = None) -> Self:
        """Past their last day and not yet ended."""
        return self.filter(ended_at__isnull=True, expires_on__lt=day or today())


class RiskLinkQuerySet(DatedQuerySet):
    def shared_upwards(self) -> Self:
        """Links by which a keeper lets a risk count in the one above it."""
        shared = self.current().filter(kind="CHILD_OF", shared_upwards_at__isnull=False)
        sensitive = models.Q(risk__marking="OFFICIAL_SENSITIVE") | models.Q(programme__marking="OFFICIAL_SENSITIVE")
        return shared.exclude(sensitive)


class EntryQuerySet(GovernedQuerySet):
    """Issues, assumptions, dependencies."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def due_before(self, day: date) -> Self:
        return self.open().filter(due__lt=day)

    def for_a_list(self) -> Self:
        return self.select_related("programme", "kept_by", "owner")
