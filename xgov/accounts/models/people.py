from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.accounts.querysets import PeopleManager
from xgov.records.acting import acting
from xgov.records.models import GovernedModel


class User(AbstractBaseUser, GovernedModel):
    """A person who signs in. What they may do follows from their roles alone; nobody is above the rules."""

    door = "home_department"
    not_in_history = ("password",)

    email = models.EmailField(
        _("email address"), unique=True, error_messages={"unique": _("There is already a person with this address.")}
    )
    name = models.CharField(_("name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    home_department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    groups = models.ManyToManyField(Group, blank=True, related_name="user_set", related_query_name="user")
    last_login = None  # each sign-in is an event, not a change of the person

    objects = PeopleManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(GovernedModel.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_and_address(self) -> str:
        """To tell them from others of the same name."""
        return f"{self.name} ({self.email})"

    def get_full_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str) -> bool:
        """Also signs for hashing it anew, which Django does at a sign-in, when nobody is signed in yet."""
        with acting(self, _("Password hashed anew")):
            return super().check_password(raw_password)

    def departments_holding(self, permission: Permission) -> set[int]:
        """The departments whose own door opens to this person, or in which a membership gives the permission."""
        return {
            membership.department_id
            for membership in self.memberships.current()
            if permission in ROLES[membership.role].permissions or permission in ROLES[membership.role].at_department
        }
