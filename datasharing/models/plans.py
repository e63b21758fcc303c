from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.querysets import GovernedQuerySet
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.fields import MarkingField
from xgov.records.models import GovernedModel


class DataSharingPlan(GovernedModel):
    """What data must move for the programme's outcome, and the least that will do. One for each programme."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        AGREED = "AGREED", _("Agreed")
        UNDER_REVIEW = "UNDER_REVIEW", _("Under review")
        CLOSED = "CLOSED", _("Closed")

    door = "programme"
    keeper = "kept_by"

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="data_sharing_plan")
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department that keeps the plan")
    )
    purpose = models.TextField(_("why data must be shared"))
    outcome_served = models.TextField(_("what it does for the shared outcome"), blank=True)
    minimum_dataset = models.TextField(_("the least data that will do"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("owner"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    marking = MarkingField()

    objects = GovernedQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("data-sharing plan")
        verbose_name_plural = _("data-sharing plans")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="AGREED") | models.Q(agreed_on__isnull=False),
                name="data_sharing_plan_agreed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Data-sharing plan"))

    def get_absolute_url(self) -> str:
        return reverse("datasharing:plan", args=[self.programme.reference])
