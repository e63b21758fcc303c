"""The groups through which departments hold permissions: one for each department and role."""

from collections.abc import Collection, Iterable, Iterator

from django.contrib.auth.models import Group

from xgov.access import grants, groups
from xgov.access.roles import ROLES, HeldThrough, role_choices
from xgov.access.standing import EVERYWHERE, group_name
from xgov.accounts.models import Department, Membership, User

_ROLES = [key for key, _ in role_choices(HeldThrough.MEMBERSHIP)]


def present_groups(department_id: int) -> dict[str, int]:
    """The group ids of one department, by role key, as far as there are any yet."""
    return present_groups_of([department_id])[department_id]


def present_groups_of(department_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same for several departments, in one query."""
    places = {group_name(pk, role): (pk, role) for pk in department_ids for role in _ROLES}
    found: dict[int, dict[str, int]] = {pk: {} for pk, _role in places.values()}
    for name, group_id in Group.objects.filter(name__in=places).values_list("name", "pk"):
        pk, role = places[name]
        found[pk][role] = group_id
    return found


def groups_of(department: Department) -> dict[str, int]:
    """The group ids of one department, one for each role held by membership; made when first needed."""
    present = present_groups(department.pk)
    missing = [role for role in _ROLES if role not in present]
    if missing:
        groups.make(group_name(department.pk, role) for role in missing)
        grants.sync(department)
        present = present_groups(department.pk)
    return present


@groups.places
def groups_wanted(people: Collection[int] | None) -> Iterator[groups.Place]:
    """The groups that today's memberships give to these people, or to all."""
    held = Membership.objects.current().filter(person__is_active=True)
    held = held if people is None else held.filter(person_id__in=people)
    for person_id, department_id, role in held.order_by().values_list("person_id", "department_id", "role"):
        yield person_id, group_name(department_id, role)
        if role in ROLES and ROLES[role].everywhere:
            yield person_id, f"{EVERYWHERE}{role}"


def sync_person(person: User) -> bool:
    """Put the person in exactly the groups that their memberships give; says whether anything changed."""
    return bool(groups.sync([person.pk]))


def sync_everyone() -> int:
    """Roles begin and end by date: put every person in the groups that today gives them. Says how many moved."""
    held = Membership.objects.current().order_by().values_list("department_id", flat=True).distinct()
    present = present_groups_of(held)
    for department in Department.objects.filter(
        pk__in=[pk for pk, roles in present.items() if len(roles) < len(_ROLES)]
    ):
        groups_of(department)
    return groups.sync()
