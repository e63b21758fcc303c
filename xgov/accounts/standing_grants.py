from collections.abc import Iterator

from xgov.access.grants import Grant, derives
from xgov.access.roles import ROLES
from xgov.accounts.models import Department
from xgov.accounts.standing import present_groups


@derives("accounts.Department")
def department_grants(department: Department) -> Iterator[Grant]:
    """What the holders of each role may do in their own department's pages."""
    for role, group_id in present_groups(department.pk).items():
        for permission in ROLES[role].at_department:
            yield Grant(permission, group_id=group_id, department_id=department.pk)
