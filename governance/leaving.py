"""What follows in the boardroom when a department leaves a programme."""

from django.utils.translation import gettext as _

from governance.actions.signing import come_into_force_if_complete
from governance.models import AgreementVersion, BoardAppointment
from programmes.leaving import when_a_department_leaves
from programmes.models import Appointment, Party
from xgov.access import grants
from xgov.accounts.models import Membership, User
from xgov.records.acting import acting


@when_a_department_leaves
def texts_that_waited_only_for_it(party: Party, by: User) -> None:
    """A text that everybody named in it has signed was held up by a department that it does not name."""
    for version in AgreementVersion.objects.open_for_signature().filter(programme=party.programme).order_by("pk"):
        come_into_force_if_complete(version, by=by)


@when_a_department_leaves
def seats_of_its_people(party: Party, by: User) -> None:
    """Those who sat for it sit no more, and get no more packs. Who has another part in the programme keeps the seat."""
    if party.answered_on is None:  # an invitation taken back: nobody sat for it
        return
    seats = BoardAppointment.objects.present_or_coming().filter(
        board__programme=party.programme, person__home_department=party.department
    )
    words = _("%(department)s left the programme.") % {"department": party.department.short_name}
    with acting(by, words):
        for seat in seats.exclude(person__in=_with_another_part(party)).select_related("board", "person"):
            seat.end()
            seat.save()
    grants.sync(party.programme)


def _with_another_part(party: Party) -> set[int]:
    """Who is appointed to the programme, but not for that department, or holds a role in one that stays in it."""
    appointed = Appointment.objects.current().filter(programme=party.programme).exclude(department=party.department)
    staying = Party.objects.accepted().filter(programme=party.programme).values("department")
    members = Membership.objects.current().filter(department__in=staying)
    return {*appointed.values_list("person", flat=True), *members.values_list("person", flat=True)}
