"""The groups through which departments hold permissions: one for each department and role."""

from django.contrib.auth.models import Group

from xgov.access import grants, standing
from xgov.access.roles import ROLES, HeldThrough, role_choices
from xgov.accounts.models import Department, Membership, User

_PREFIX = "department:"


def present_groups(department_id: int) -> dict[str, int]:
    """The group ids of one department, by role key, as far as there are any yet."""
    prefix = f"{_PREFIX}{department_id}:"
    rows = Group.objects.filter(name__startswith=prefix).values_list("name", "pk")
    return {name.removeprefix(prefix): pk for name, pk in rows}


def groups_of(department: Department) -> dict[str, int]:
    """The group ids of one department, one for each role held by membership; made when first needed."""
    present = present_groups(department.pk)
    missing = [key for key, _ in role_choices(HeldThrough.MEMBERSHIP) if key not in present]
    if missing:
        Group.objects.bulk_create([Group(name=f"{_PREFIX}{department.pk}:{key}") for key in missing])
        grants.sync(department)
        present = present_groups(department.pk)
    return present


def groups_wanted(person: User) -> set[str]:
    if not person.is_active:
        return set()
    names: set[str] = set()
    for membership in Membership.objects.current().filter(person=person):
        names.add(f"{_PREFIX}{membership.department_id}:{membership.role}")
        if ROLES[membership.role].everywhere:
            names.add(f"{standing.EVERYWHERE}{membership.role}")
    return names


def sync_person(person: User) -> bool:
    """Put the person in exactly the groups that their memberships give; says whether anything changed."""
    wanted = groups_wanted(person)
    present = set(person.groups.values_list("name", flat=True))
    if wanted == present:
        return False
    person.groups.remove(*person.groups.filter(name__in=present - wanted))
    person.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in wanted - present))
    standing.forget()
    return True


def sync_everyone() -> int:
    """Roles begin and end by date: put every person in the groups that today gives them."""
    return sum(sync_person(person) for person in User.objects.iterator())
