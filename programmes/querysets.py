from datetime import datetime
from typing import Self

from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, When

from xgov.accounts.querysets import DatedQuerySet
from xgov.records.querysets import GovernedQuerySet


class ProgrammeQuerySet(GovernedQuerySet):
    def joint(self) -> Self:
        """Programmes set up here, as against returns of the major projects portfolio that were only imported."""
        return self.filter(origin="HERE")

    def active(self) -> Self:
        return self.exclude(status__in=["CLOSED", "CANCELLED"])

    def with_parties(self) -> Self:
        from programmes.models import Party

        return self.prefetch_related(
            Prefetch("parties", queryset=Party.objects.select_related("department").order_by("pk"))
        )

    def with_people(self) -> Self:
        """With whoever was ever appointed, for `Programme.appointed()` and `in_post()`."""
        from programmes.models import Appointment

        return self.prefetch_related(
            Prefetch("appointments", queryset=Appointment.objects.with_people(), to_attr="brought_along")
        )

    def with_confidence(self) -> Self:
        """Each programme with its newest rating; of two on one day the independent one."""
        from programmes.models import ConfidenceRating

        newest = ConfidenceRating.objects.filter(programme=OuterRef("pk")).order_by("-rated_on", "kind", "-pk")
        return self.annotate(
            confidence=Subquery(newest.values("rating")[:1]),
            confidence_section=Subquery(newest.values("section")[:1]),
            confidence_kind=Subquery(newest.values("kind")[:1]),
            confidence_on=Subquery(newest.values("rated_on")[:1]),
        )

    def for_list(self) -> Self:
        """With what a row of the list shows: the newest rating and the lead department's short name."""
        from programmes.models import Party

        lead = Party.objects.accepted().filter(programme=OuterRef("pk"), role="LEAD")
        short = Case(
            When(department__abbreviation="", then=F("department__name")), default=F("department__abbreviation")
        )
        return self.with_confidence().annotate(lead_name=Subquery(lead.annotate(short=short).values("short")[:1]))

    def of_department(self, department_id: int) -> Self:
        return self.filter(parties__department_id=department_id, parties__status="ACCEPTED")


class PartyQuerySet(GovernedQuerySet):
    def accepted(self) -> Self:
        """Those that are in: theirs is the programme."""
        return self.filter(status__in=[status for status, sight in self.model.SHOWS.items() if sight == "PROGRAMME"])

    def core(self) -> Self:
        """The departments that answer for the programme together and must sign its memorandum."""
        return self.filter(role__in=["LEAD", "CORE"])

    def waiting(self) -> Self:
        return self.filter(status="INVITED")

    def in_at(self, moment: datetime) -> Self:
        """Those that were in at that moment, whatever has become of them since."""
        then = self.model.history.filter(id=OuterRef("pk"), history_date__lte=moment)
        newest = then.order_by("-history_date", "-history_id").values("status")[:1]
        return self.annotate(status_then=Subquery(newest)).filter(status_then="ACCEPTED")

    def left(self) -> Self:
        """Those that were in and are no longer, each with the day: `left_on`.

        That day counts until the department is in again, whatever became of a later invitation. An invitation taken
        back before anybody accepted has left nothing.
        """
        outside = [status for status, sight in self.model.SHOWS.items() if sight == "THEIR_PLACE"]
        last_in = self.model.history.filter(id=OuterRef("id"), status="ACCEPTED").order_by("-history_id")
        out_again = self.model.history.filter(id=OuterRef("pk"), status="WITHDRAWN").order_by("history_id")
        out_again = out_again.filter(history_id__gt=Subquery(last_in.values("history_id")[:1]))
        left = self.annotate(left_on=Subquery(out_again.values("withdrawn_on")[:1]))
        return left.filter(status__in=outside, left_on__isnull=False)


class AppointmentQuerySet(DatedQuerySet):
    def with_people(self) -> Self:
        """In the order in which they began, each with the person and the department."""
        return self.select_related("person", "department").order_by("since", "pk")

    def of_role(self, *roles: str) -> Self:
        return self.filter(role__in=roles)

    def in_sight_of(self, department_id: int) -> Self:
        return self.filter(Q(department_id=department_id) | Q(department_id__isnull=True))
