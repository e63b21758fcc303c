from xgov.accounts.models.departments import (
    Department,
    DepartmentGroupGrant,
    DepartmentName,
    DepartmentParent,
    DepartmentUserGrant,
    Succession,
)
from xgov.accounts.models.memberships import Membership
from xgov.accounts.models.people import User
from xgov.accounts.models.terms import Term

__all__ = [
    "Department",
    "DepartmentGroupGrant",
    "DepartmentName",
    "DepartmentParent",
    "DepartmentUserGrant",
    "Membership",
    "Succession",
    "Term",
    "User",
]
