from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.models.risks import Risk
from risks.querysets import MitigationQuerySet
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.models import GovernedModel


class Mitigation(GovernedModel):
    """Something that a department does about a risk, by a day. It is as sensitive as its risk."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        DONE = "DONE", _("Done")
        DROPPED = "DROPPED", _("Dropped")

    door = "programme"
    keeper = "department"
    marking_field = "risk__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="mitigations")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    text = models.TextField(_("what will be done"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mitigations_owned", verbose_name=_("owner")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="mitigations_kept", verbose_name=_("department that does it")
    )
    due = models.DateField(_("due"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PLANNED, editable=False
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    objects = MitigationQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("mitigation")
        verbose_name_plural = _("mitigations")
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["programme", "status", "due"], name="mitigation_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="DONE", done_on__isnull=False)
                | (~models.Q(status="DONE") & models.Q(done_on__isnull=True)),
                name="mitigation_is_dated_once_done",
            )
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return f"{self.risk.get_absolute_url()}treatment/#mitigations"

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def is_late(self) -> bool:
        return self.is_planned and self.due < today()
