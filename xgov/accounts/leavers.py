from django.utils.translation import gettext_lazy as _

from xgov.accounts.leaving import Holding, put
from xgov.accounts.models import Membership, User
from xgov.accounts.parts import Line
from xgov.accounts.querysets import DatedQuerySet


def memberships_of(person: User) -> DatedQuerySet:
    return Membership.objects.filter(person=person).present_or_coming().select_related("department")


def line_of(membership: Membership) -> Line:
    return Line(membership.department.name, membership.department.get_absolute_url(), membership.role_words.label)


def end(membership: Membership, reason: str) -> None:
    membership.end()
    membership.save()


put(Holding(_("Roles in departments"), rows=memberships_of, line=line_of, end=end, order=10))
