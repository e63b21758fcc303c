"""What a department's page and a person's own page tell of programmes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.leaving import left_to
from programmes.models import Appointment, Party, Programme
from programmes.tags import status_tag
from xgov.accounts.models import Department, User
from xgov.accounts.parts import Line, Part, RoleHeld, part_of_department, roles_of_person
from xgov.pages.values import day

SHOWN = 10


@part_of_department
def programmes_of(department: Department, reader: User) -> Part:
    """The programmes of the department that the reader can see; those set up here come first."""
    programmes = Programme.objects.visible_to(reader).of_department(department.pk)
    here, published = programmes.joint().order_by("name"), programmes.exclude(origin=Programme.Origin.HERE)
    found = [*here[:SHOWN], *published.order_by("name")[:SHOWN]][:SHOWN]
    parts = {
        party.programme_id: party.get_role_display()
        for party in Party.objects.filter(department=department, programme__in=[each.pk for each in found])
    }
    lines = []
    for each in found:
        tag = status_tag(each)
        lines.append(Line(each.name, each.get_absolute_url(), parts.get(each.pk, ""), tag.words, tag.colour))
    count = programmes.count() if len(found) == SHOWN else len(found)
    more = _("and %(number)d more") % {"number": count - len(found)} if count > len(found) else ""
    return Part(
        title=_("Programmes"), lines=lines, empty=_("None that you can see."), more_words=more, order=10
    )  # fmt: skip


@part_of_department
def programmes_left(department: Department, reader: User) -> Part | None:
    """What the department kept in programmes that it has left, for those who may still read it."""
    left = left_to(reader).filter(department=department)
    found = list(left[: SHOWN + 1])
    if not found:
        return None
    lines = []
    for each in found[:SHOWN]:
        words = _("Left on %(day)s. What it kept stands here as it was on that day.") % {"day": day(each.left_on)}
        lines.append(Line(each.programme.name, each.kept_url, words))
    more = _("and %(number)d more") % {"number": left.count() - SHOWN} if len(found) > SHOWN else ""
    return Part(_("Programmes this department has left"), lines, more_words=more, order=11)


@roles_of_person
def appointments_of(person: User, reader: User) -> Iterator[RoleHeld]:
    appointments = Appointment.objects.current().filter(person=person).select_related("programme", "department")
    for each in appointments.visible_to(reader):
        where = str(each.programme)
        if each.department:
            where = _("%(programme)s, for %(department)s") % {"programme": where, "department": each.department}
        yield RoleHeld(each.role, where, each.programme.get_absolute_url(), each.since, each.until)
