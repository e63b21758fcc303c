"""What a role allows, in words, beside the sentence that describes it."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xgov.access.permissions import Permission
from xgov.access.roles import ROLES, HeldThrough, Role, type_of_text


@dataclass(frozen=True)
class Allowance:
    """In which place the role allows what."""

    where: type_of_text
    may: list[type_of_text]

    def __str__(self) -> str:
        return f"{self.where}: {'; '.join(str(words) for words in self.may).lower()}"


def allowances(role: Role) -> list[Allowance]:
    """Where the role allows what, for a role held through a department."""
    if role.as_partner is None:
        places = [(_("In programmes the department has joined"), role.permissions)]
    else:
        places = [
            (_("In programmes the department leads"), role.permissions),
            (_("In programmes it has joined as a partner"), role.as_partner),
        ]
    for label, permissions in role.everywhere.items():
        places.append((_PLACES[label](), permissions))
    places.append((_("In the department's own pages"), role.at_department))
    return [Allowance(where, _in_order(permissions)) for where, permissions in places if permissions]


_PLACES = {
    "programmes.Programme": lambda: _("In all programmes"),
    "accounts.Department": lambda: _("In all departments"),
}


def _in_order(permissions: frozenset[Permission]) -> list[type_of_text]:
    return [permission.label for permission in Permission if permission in permissions]


def membership_roles(*, of_platform: bool) -> list[Role]:
    """The roles that can be given in a department; those that reach beyond it only `of_platform`."""
    held = [role for role in ROLES.values() if role.held_through == HeldThrough.MEMBERSHIP]
    return [role for role in held if of_platform or role.given_by_departments]


def hint(role: Role) -> SafeString:
    """The role's sentence, and under it what it allows."""
    words = format_html("{}", role.sentence)
    for allowance in allowances(role):
        words = format_html("{}<br>{}.", words, allowance)
    return words
