from django.utils.translation import gettext_lazy as _

from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import Membership, User
from xgov.accounts.parts import Line
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today


def memberships_of(person: User) -> DatedQuerySet:
    """Those that hold now, and those that are to begin."""
    return Membership.objects.filter(person=person).overlapping(today(), None).select_related("department")


def line_of(membership: Membership) -> Line:
    return Line(membership.department.name, membership.department.get_absolute_url(), membership.role_words.label)


def end(membership: Membership, reason: str) -> None:
    membership.end()
    membership.save()


put(Holding(_("Roles in departments"), rows=memberships_of, line=line_of, end=end, order=10))
