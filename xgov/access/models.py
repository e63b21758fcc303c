"""guardian's direct-foreign-key grant tables, one pair for each door. Their rows are derived: see `grants.sync`."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class GroupGrant(GroupObjectPermissionBase):
    """What the holders of one role in one department may do at one door."""

    department = models.ForeignKey("accounts.Department", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True
        unique_together = (("group", "permission", "content_object"),)


class UserGrant(UserObjectPermissionBase):
    """What one appointed person may do at one door, and for which department."""

    department = models.ForeignKey("accounts.Department", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
        unique_together = (("user", "permission", "content_object", "department"),)
