from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import ROLES, HeldThrough, Role, role_choices
from xgov.accounts.models.departments import Department
from xgov.accounts.models.terms import Term
from xgov.accounts.querysets import DatedQuerySet
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class Membership(Term, GovernedModel):
    """A person's role in a department, from when until when."""

    door = "department"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=40, choices=role_choices(HeldThrough.MEMBERSHIP))
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("role in a department")
        verbose_name_plural = _("roles in departments")
        ordering = ["department", "role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "department", "role"],
                condition=models.Q(until__isnull=True),
                name="one_open_membership_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.department.short_name}"

    @property
    def role_words(self) -> Role:
        return ROLES[self.role]
