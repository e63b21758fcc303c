"""What programmes say on the home page: invitations to answer, ratings and reviews that are due."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.concerns import ANSWER_WITHIN, RATE_WITHIN
from programmes.models import Appointment, Party, Programme
from xgov.access.permissions import Permission
from xgov.access.standing import open_doors
from xgov.accounts.models import Department, User
from xgov.pages.attention import Signal, Waiting, signals, waits
from xgov.records.clock import today


@waits
def invitations(person: User) -> Iterator[Waiting]:
    own = open_doors(person, Department, Permission.MANAGE)
    invited = Party.objects.visible_to(person).waiting().filter(department__in=own)
    for party in invited.select_related("programme", "department"):
        yield Waiting(
            _("Answer the invitation of %(department)s") % {"department": party.department.short_name},
            party.get_absolute_url(),
            programme=party.programme.name,
            due=party.invited_on + ANSWER_WITHIN if party.invited_on else None,
            since=party.invited_on,
        )


@waits
def ratings_due(person: User) -> Iterator[Waiting]:
    answered_for = Appointment.objects.current().filter(person=person, role="sro").values("programme_id")
    delivering = Programme.objects.filter(pk__in=answered_for, status=Programme.Status.DELIVERING)
    rated = Max("confidence_ratings__rated_on", filter=Q(confidence_ratings__kind="SRO"))
    for programme in delivering.annotate(rated=rated):
        due = (programme.rated or programme.status_since - RATE_WITHIN) + RATE_WITHIN
        if due <= today() + timedelta(days=14):
            yield Waiting(
                _("Rate the delivery confidence"), reverse("programmes:rate", args=[programme.reference]),
                programme=programme.name, due=due,
            )  # fmt: skip


@signals
def unanswered(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    invited = Party.objects.visible_to(person).waiting().filter(programme_id__in=programme_ids)
    counted = invited.values("programme_id", "programme__reference").annotate(count=Count("pk")).order_by()
    for row in counted:
        words = ngettext(
            "%(count)s department has not answered its invitation",
            "%(count)s departments have not answered their invitations",
            row["count"],
        )
        url = reverse("programmes:people", args=[row["programme__reference"]])
        yield Signal(row["programme_id"], row["count"], words % {"count": row["count"]}, url, order=60)
