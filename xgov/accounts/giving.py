"""Who may give which role in a department, and end it: each role says so itself."""

from django.utils.translation import gettext as _

from xgov.access.permissions import Permission
from xgov.access.roles import ROLES, HeldThrough, Role, type_of_text
from xgov.accounts.models import Department, Membership, User
from xgov.pages.forms.wording import inside_a_sentence

_IN_THEIR_OWN = frozenset(key for key, role in ROLES.items() if Permission.ADMINISTER in role.at_department)
_EVERYWHERE = frozenset(
    key for key, role in ROLES.items() if Permission.ADMINISTER in role.everywhere.get(Department._meta.label, ())
)
MEMBERSHIP_ROLES = [role for role in ROLES.values() if role.held_through == HeldThrough.MEMBERSHIP]


def administers_as(person: User, department: Department) -> frozenset[str]:
    """The roles by which the person administers this department: one held there, or one that reaches everywhere."""
    held = Membership.objects.current().filter(person=person, role__in=_IN_THEIR_OWN | _EVERYWHERE)
    return frozenset(
        role
        for role, place in held.values_list("role", "department_id")
        if role in _EVERYWHERE or place == department.pk
    )


def roles_to_give(person: User, department: Department) -> list[Role]:
    """The roles that this person may give in this department."""
    acts_as = administers_as(person, department)
    return [role for role in MEMBERSHIP_ROLES if role.given_by & acts_as]


def given_by(role: Role) -> list[type_of_text]:
    return [ROLES[key].label for key in ROLES if key in role.given_by]


def gives(role: Role) -> list[type_of_text]:
    """What the holders of this role may give to others."""
    return [other.label for other in MEMBERSHIP_ROLES if role.key in other.given_by]


def in_one_sentence(keys: frozenset[str]) -> str:
    """`department administrator or platform administrator`."""
    return str(_(" or ")).join(inside_a_sentence(str(ROLES[key].label)) for key in ROLES if key in keys)
