from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risks.models import DepartmentAppetite
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.accounts.parts import Line, Part, part_of_department


@part_of_department
def risk_appetite(department: Department, reader: User) -> Part:
    """The way to what the department agreed for itself, for those who belong to it."""
    if not rules.can(reader, Permission.VIEW, department):
        return Part(_("Risk"), [], empty=_("What risk it accepts is for people with a role in it to see."), order=60)
    number = DepartmentAppetite.objects.visible_to(reader).filter(department=department).current().count()
    words = ngettext("Agreed for %(number)d category", "Agreed for %(number)d categories", number)
    address = DepartmentAppetite(department=department).get_absolute_url()
    return Part(_("Risk"), [Line(_("Risk appetite"), address, words % {"number": number})], order=60)
