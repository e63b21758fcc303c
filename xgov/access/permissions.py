"""What a person may do, in nine words. Every door offers the same nine."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    VIEW = "view", _("See the records")
    VIEW_SENSITIVE = "view_sensitive", _("See records marked OFFICIAL-SENSITIVE")
    CONTRIBUTE = "contribute", _("Add and change the records their own department keeps")
    MANAGE = "manage", _("Change any record, set up, invite departments and appoint people")
    SIGN = "sign", _("Sign for their own department")
    DECIDE = "decide", _("Take decisions within their limit")
    ISSUE = "issue", _("Issue board packs and minutes")
    AUDIT = "audit", _("Read and export the whole history")
    ADMINISTER = "administer", _("Manage the department's people and settings")


# A person holds these for a department: they reach only the records which that department keeps.
HELD_FOR_A_DEPARTMENT = frozenset({Permission.CONTRIBUTE, Permission.SIGN})

# Who holds the first at a door holds the second there. It does not open the door's windows: an administrator sees their
# department's people and roles, and not the programmes it is invited to.
IMPLIES = {Permission.MANAGE: Permission.CONTRIBUTE, Permission.ADMINISTER: Permission.VIEW}

# Meta.permissions of every door (Django's own add, change, delete and view are not used).
DOOR_PERMISSIONS = [(str(permission.value), str(permission.value)) for permission in Permission]
