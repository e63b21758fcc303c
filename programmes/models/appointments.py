from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme
from programmes.querysets import AppointmentQuerySet
from xgov.access.roles import ROLES, HeldThrough, Role, role_choices
from xgov.accounts.models import Department, Term
from xgov.records.clock import today
from xgov.records.models import GovernedModel

ONE_AT_A_TIME = ["sro", "lead_accounting_officer", "programme_director"]


class Appointment(Term, GovernedModel):
    """A person appointed to a role in a programme, from when until when."""

    door = "programme"
    marking_field = "programme__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=40, choices=role_choices(HeldThrough.PROGRAMME))
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments",
        verbose_name=_("for which department"),
    )  # fmt: skip
    post = models.CharField(_("post held"), max_length=200, blank=True)
    time_percent = models.PositiveSmallIntegerField(_("share of their time, in percent"), null=True, blank=True)
    since = models.DateField(_("from"), default=today)
    until = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "role"],
                condition=models.Q(until__isnull=True, role__in=ONE_AT_A_TIME),
                name="one_open_holder_of_a_single_role",
            ),
            models.UniqueConstraint(
                fields=["programme", "role", "person", "department"],
                condition=models.Q(until__isnull=True),
                name="one_open_appointment_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(time_percent__isnull=True) | models.Q(time_percent__range=(1, 100)),
                name="appointment_time_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:people", args=[self.programme.reference])

    @property
    def role_words(self) -> Role:
        return ROLES[self.role]
