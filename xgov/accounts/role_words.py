"""What a role allows, in words, beside the sentence that describes it."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.access.roles import Role, type_of_text
from xgov.accounts.giving import gives
from xgov.pages.forms.wording import inside_a_sentence

# What a permission allows in the department's own pages; each role opens these for reading.
_IN_ITS_PAGES = {
    Permission.MANAGE: _("set up programmes which the department will lead, and answer invitations"),
    Permission.ADMINISTER: _("add people and stop their accounts, end roles, rename the department"),
}
_EVERYWHERE = {"programmes.Programme": _("In all programmes"), "accounts.Department": _("In all departments")}


@dataclass(frozen=True)
class Allowance:
    """In which place the role allows what."""

    where: type_of_text
    may: list[type_of_text]

    def __str__(self) -> str:
        return f"{self.where}: {'; '.join(inside_a_sentence(str(words)) for words in self.may)}."


def allowances(role: Role) -> list[Allowance]:
    """Where the role allows what, for a role held through a department; beside the department's pages, which all do."""
    places = [(_("In programmes the department has joined"), role.permissions)]
    if role.as_partner is not None:
        places = [
            (_("In programmes the department leads"), role.permissions),
            (_("In programmes it has joined as a partner"), role.as_partner),
        ]
    found = [Allowance(where, _in_order(permissions)) for where, permissions in places if permissions]
    for label, permissions in role.everywhere.items():
        words = _of_departments(permissions) if label == "accounts.Department" else _in_order(permissions)
        found.append(Allowance(_EVERYWHERE[label], words))
    if own := _of_departments(role.at_department):
        found.append(Allowance(_("In the department"), own))
    if to_others := gives(role):
        found.append(Allowance(_("Gives the roles"), to_others))
    return found


def _in_order(permissions: frozenset[Permission]) -> list[type_of_text]:
    return [permission.label for permission in Permission if permission in permissions]


def _of_departments(permissions: frozenset[Permission]) -> list[type_of_text]:
    return [words for permission, words in _IN_ITS_PAGES.items() if permission in permissions]


def hint(role: Role) -> SafeString:
    """The role's sentence, and under it what it allows."""
    words = format_html("{}", role.sentence)
    for allowance in allowances(role):
        words = format_html("{}<br>{}", words, allowance)
    return words
