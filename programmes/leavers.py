from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.actions.appointments import end_term
from programmes.models import Appointment
from programmes.models.appointments import ONE_AT_A_TIME
from programmes.querysets import AppointmentQuerySet
from xgov.access.explaining import why
from xgov.access.permissions import Permission
from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import User
from xgov.accounts.parts import Line
from xgov.notices.telling import tell
from xgov.records.clock import today


def appointments_of(person: User) -> AppointmentQuerySet:
    """Those that hold now, and those that are to begin."""
    held = Appointment.objects.filter(person=person).overlapping(today(), None)
    return held.select_related("programme", "department")


def posts_of(person: User) -> AppointmentQuerySet:
    """What one person holds at a time, so that nobody does until a successor is appointed."""
    return appointments_of(person).of_role(*ONE_AT_A_TIME)


def line_of(appointment: Appointment) -> Line:
    return Line(str(appointment.programme), appointment.get_absolute_url(), appointment.role_words.label)


def end(appointment: Appointment, reason: str) -> None:
    """Those who run the programme are told when nobody holds the post any more."""
    end_term(appointment, _("The account was stopped. %(reason)s") % {"reason": reason})
    if appointment.role in ONE_AT_A_TIME and appointment.has_begun:
        words = _("%(person)s has left: appoint another %(role)s.")
        said = {"person": appointment.person, "role": appointment.get_role_display()}
        running = [sight.person for sight in why(appointment.programme) if Permission.MANAGE in sight.permissions]
        tell(
            running, "post_vacant", about=appointment.programme, words=words % said,
            url=appointment.get_absolute_url(), where=appointment.programme.name,
        )  # fmt: skip


put(Holding(gettext_lazy("Appointments to programmes"), rows=appointments_of, line=line_of, end=end, order=20))
put(Holding(gettext_lazy("Posts that need a successor"), rows=posts_of, line=line_of, order=40))
