from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risks.appetite_readers import appetite_for, may_read_appetite_of
from risks.models import DepartmentAppetite
from xgov.accounts.models import Department, User
from xgov.accounts.parts import Line, Part, part_of_department


@part_of_department
def risk_appetite(department: Department, reader: User) -> Part:
    """The way to what the department agreed for itself, for those who belong to it or answer for a programme of its."""
    if not may_read_appetite_of(department, reader):
        return Part(_("Risk"), [], empty=_("What risk it accepts is for people with a role in it to see."), order=60)
    number = appetite_for(department, reader).current().count()
    words = ngettext("Agreed for %(number)d category", "Agreed for %(number)d categories", number)
    address = DepartmentAppetite(department=department).get_absolute_url()
    return Part(_("Risk"), [Line(_("Risk appetite"), address, words % {"number": number})], order=60)
