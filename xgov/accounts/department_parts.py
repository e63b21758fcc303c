from collections.abc import Iterator

from xgov.accounts.models import Membership, User
from xgov.accounts.parts import RoleHeld, roles_of_person


@roles_of_person
def memberships_of(person: User, reader: User) -> Iterator[RoleHeld]:
    """Roles in departments, with who gave each. A person always knows their own."""
    memberships = Membership.objects.current().filter(person=person).select_related("department")
    if person != reader:
        memberships = memberships.visible_to(reader)
    memberships = list(memberships)
    first = Membership.history.filter(id__in=[each.pk for each in memberships], history_type="+")
    givers = {row.id: row.history_signer for row in first}
    for each in memberships:
        yield RoleHeld(
            each.role, each.department.name, each.department.get_absolute_url(), each.since, each.until,
            given_by=givers.get(each.pk, ""),
        )  # fmt: skip
