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
        constraints = [  # no NULL equals another, so the line above does not hold where there is no department
            models.UniqueConstraint(
                fields=["user", "permission", "content_object"],
                condition=models.Q(department__isnull=True),
                name="%(class)s_without_department_once",
            )
        ]
