"""What is left to a department that has left a programme: sight of what it kept, up to that day.

And the shelf on which the higher floors put what follows for them when one leaves, in `leaving.py` of their own:

@when_a_department_leaves
def go_on_without(party: Party, by: User) -> None: ...
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from programmes.models import Party
from programmes.querysets import PartyQuerySet
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.accounts.models import Membership, User

Follow = Callable[[Party, User], None]

_shelf: dict[str, Follow] = {}


def when_a_department_leaves(follow: Follow) -> Follow:
    _shelf[f"{follow.__module__}.{follow.__name__}"] = follow
    return follow


def leave(party: Party, by: User) -> None:
    """All that follows, in the transaction in which the department leaves."""
    for name in sorted(_shelf):
        _shelf[name](party, by)


def left_on(party: Party) -> date | None:
    """The day on which the department left, if it is in no longer; an invitation since then changes nothing of it."""
    return Party.objects.left().filter(pk=party.pk).values_list("left_on", flat=True).first()


def day_left(department: str) -> Subquery:
    """To annotate a programme's records with: the day on which the department at this path from them left it."""
    left = Party.objects.left().filter(programme=OuterRef("programme"), department=OuterRef(department))
    return Subquery(left.values("left_on")[:1])


def sight_after_leaving(party: Party, person: User) -> frozenset[Permission]:
    """What the person's roles in the department would show them of a partner's programme; nothing unless it has left.

    A department administrator sees nothing by that role, as before.
    """
    if left_on(party) is None:
        return frozenset()
    held = Membership.objects.current().filter(person=person, department=party.department)
    gained = frozenset().union(*(_as_partner(each) for each in held))
    return gained & {Permission.VIEW, Permission.VIEW_SENSITIVE}


def left_to(person: User) -> PartyQuerySet:
    """Where departments of the person were in a programme, and the person may read what they kept; the newest first."""
    held = Membership.objects.current().filter(person=person)
    departments = {each.department_id for each in held if Permission.VIEW in _as_partner(each)}
    left = Party.objects.visible_to(person).left().filter(department__in=departments)
    return left.select_related("programme", "department").order_by("-left_on", "pk")


def _as_partner(membership: Membership) -> frozenset[Permission]:
    return ROLES[membership.role].permissions_as(lead=False)


def end_of_day(day: date) -> datetime:
    """The moment at which the day ends in Europe/London."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()), timezone.get_default_timezone())
