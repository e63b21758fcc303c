from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.models.datasets import Dataset
from datasharing.querysets import RefreshQuerySet
from programmes.models import Programme
from xgov.records.models import GovernedModel


class Refresh(GovernedModel):
    """One delivery of a dataset. People never change it; one recorded by mistake is struck out, with the reason.

    When it was due follows from the delivery before it, also from one that is recorded or struck out later.
    """

    door = "programme"
    keeper = "dataset__kept_by"
    marking_field = "dataset__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="refreshes")
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("was due on"), null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    note = models.TextField(_("note"), blank=True)
    struck_out_on = models.DateField(_("struck out on"), null=True, blank=True, editable=False)
    struck_out_reason = models.TextField(_("why it was struck out"), blank=True, editable=False)

    objects = RefreshQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("refresh of a dataset")
        verbose_name_plural = _("refreshes of datasets")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(struck_out_on__isnull=True) | ~models.Q(struck_out_reason=""),
                name="refresh_struck_out_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["dataset", "received_on"],
                condition=models.Q(struck_out_on__isnull=True),
                name="one_refresh_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.received_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("datasharing:dataset", args=[self.programme.reference, self.dataset.reference]) + "#refreshes"

    @property
    def days_late(self) -> int:
        return max(0, (self.received_on - self.due_on).days) if self.due_on else 0
