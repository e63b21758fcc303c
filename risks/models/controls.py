from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import assurance
from risks.models.risks import Risk
from risks.querysets import ControlQuerySet
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.models import GovernedModel

# How long a check of a control is worth something: a local default.
CHECK_HOLDS = timedelta(days=365)


class Control(GovernedModel):
    """Something in place that keeps a risk down, and what is known of how well. It is as sensitive as its risk."""

    class Status(models.TextChoices):
        IN_PLACE = "IN_PLACE", _("In place")
        ENDED = "ENDED", _("Ended")

    door = "programme"
    keeper = "department"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="controls")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    text = models.TextField(_("control"), max_length=500)
    type = models.CharField(_("type"), max_length=20, choices=assurance.TYPE_CHOICES)
    line = models.CharField(_("line of assurance"), max_length=20, choices=assurance.LINE_CHOICES)
    effectiveness = models.CharField(
        _("how well it works"), max_length=20, choices=assurance.EFFECTIVENESS_CHOICES, default=assurance.NOT_CHECKED,
        editable=False,
    )  # fmt: skip
    checked_on = models.DateField(_("last checked on"), null=True, blank=True, editable=False)
    checked_by = models.CharField(_("last checked by"), max_length=200, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="controls_owned", verbose_name=_("owner")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="controls_kept", verbose_name=_("department that runs it")
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.IN_PLACE, editable=False
    )

    objects = ControlQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("control")
        verbose_name_plural = _("controls")
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["programme", "status", "line"], name="control_by_line")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effectiveness="NOT_CHECKED", checked_on__isnull=True, checked_by="")
                | ~models.Q(effectiveness="NOT_CHECKED") & models.Q(checked_on__isnull=False),
                name="control_is_dated_once_checked",
            )
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}treatment/#controls"

    @property
    def is_in_place(self) -> bool:
        return self.status == self.Status.IN_PLACE

    @property
    def effectiveness_words(self) -> assurance.Effectiveness:
        return assurance.EFFECTIVENESS_BY_CODE[self.effectiveness]

    @property
    def check_has_aged(self) -> bool:
        """Nobody has looked for so long that the last check says little."""
        return self.is_in_place and self.checked_on is not None and self.checked_on < today() - CHECK_HOLDS
