"""What of data sharing waits for a person, and what to look at in a programme."""

from collections import Counter
from collections.abc import Collection, Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasharing.before_live import missing_before_live
from datasharing.models import DataFlow, Dataset, QualityCheck
from programmes.models import Appointment, Programme
from xgov.access import standing
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.attention import Signal, Waiting, signals, waits


def _departments_kept_for(person: User) -> set[int]:
    """Through a role in the department, or an appointment for it, such as data lead."""
    appointed = Appointment.objects.current().filter(person=person, department__isnull=False)
    through_appointment = {
        each.department_id for each in appointed if Permission.CONTRIBUTE in each.role_words.permissions
    }
    return person.departments_holding(Permission.CONTRIBUTE) | through_appointment


def _programmes_kept_in(person: User) -> frozenset[int]:
    return standing.open_doors(person, Programme, Permission.CONTRIBUTE)


@waits
def late_refreshes(person: User) -> Iterator[Waiting]:
    """Datasets that the person's own department provides and that are late."""
    late = Dataset.objects.visible_to(person).late().filter(programme__in=_programmes_kept_in(person))
    for dataset in late.filter(kept_by__in=_departments_kept_for(person)).select_related("programme"):
        words = _("Record the refresh of %(dataset)s") % {"dataset": dataset}
        yield Waiting(words, dataset.get_absolute_url(), dataset.programme.name, due=dataset.next_due_on)


@waits
def parts_to_say(person: User) -> Iterator[Waiting]:
    """Flows of personal data in which the person's own department has not recorded the law it relies on."""
    mine = _departments_kept_for(person)
    ends = Q(from_department__in=mine) | Q(to_department__in=mine)
    flows = DataFlow.objects.visible_to(person).not_ended().filter(ends, programme__in=_programmes_kept_in(person))
    for flow in flows.exclude(dataset__personal_data="NONE").with_what_live_needs():
        said = {part.department_id for part in flow.controllers.all()}
        for department in (flow.from_department, flow.to_department):
            if department.pk in mine - said:
                words = _("Record the law %(department)s relies on in %(flow)s")
                named = {"department": department.short_name, "flow": flow}
                yield Waiting(words % named, flow.get_absolute_url(), flow.programme.name, since=flow.created_at.date())


@signals
def late_data(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    late = Dataset.objects.visible_to(person).late().filter(programme__in=programme_ids)
    rows = late.order_by().values("programme_id", "programme__reference").annotate(number=Count("pk"))
    for row in rows:
        words = ngettext("%(number)d data refresh is late", "%(number)d data refreshes are late", row["number"])
        url = f"{reverse('datasharing:datasets', args=[row['programme__reference']])}?refresh=late"
        yield Signal(row["programme_id"], row["number"], words % {"number": row["number"]}, url, order=40)


@signals
def poor_data(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    below = QualityCheck.objects.visible_to(person).below_target().filter(programme__in=programme_ids)
    counted = below.order_by().values("programme_id", "programme__reference")
    for row in counted.annotate(number=Count("dataset", distinct=True)):
        words = ngettext(
            "%(number)d dataset is below its quality target",
            "%(number)d datasets are below their quality target",
            row["number"],
        )
        url = f"{reverse('datasharing:datasets', args=[row['programme__reference']])}?quality=below"
        yield Signal(row["programme_id"], row["number"], words % {"number": row["number"]}, url, order=45)


@signals
def broken_flows(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    """Data that moves although something it needs is gone: an approval taken back, a department that left."""
    live = DataFlow.objects.visible_to(person).live().filter(programme__in=programme_ids)
    broken = Counter(flow.programme for flow in live.with_what_live_needs() if missing_before_live(flow))
    for programme, number in broken.items():
        words = ngettext(
            "%(number)d live data flow is no longer whole", "%(number)d live data flows are no longer whole", number
        )
        url = reverse("datasharing:plan", args=[programme.reference])
        yield Signal(programme.pk, number, words % {"number": number}, url, order=35)
