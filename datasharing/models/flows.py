from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.models.assessments import Assessment
from datasharing.models.datasets import Dataset
from datasharing.querysets import DataFlowQuerySet
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.fields import reference_field
from xgov.records.models import GovernedModel

MOST_RETENTION_MONTHS = 1200


class DataFlow(GovernedModel):
    """A dataset going from one department to another, for one purpose. As sensitive as its dataset."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        READY = "READY", _("Ready")
        LIVE = "LIVE", _("Live")
        PAUSED = "PAUSED", _("Paused")
        ENDED = "ENDED", _("Ended")

    class Method(models.TextChoices):
        API = "API", _("Interface between systems (API)")
        FILE_TRANSFER = "FILE_TRANSFER", _("Secure file transfer")
        SHARED_PLATFORM = "SHARED_PLATFORM", _("Access to a shared platform")
        SECURE_EMAIL = "SECURE_EMAIL", _("Secure email")
        VIEW_ONLY = "VIEW_ONLY", _("View only: nothing is copied")
        PHYSICAL = "PHYSICAL", _("Physical media")
        OTHER = "OTHER", _("Another way")

    class RetentionTrigger(models.TextChoices):
        CREATION = "CREATION", _("after the data was created")
        LAST_USE = "LAST_USE", _("after the data was last used")
        PROGRAMME_CLOSE = "PROGRAMME_CLOSE", _("after the programme closes")
        AGREEMENT_END = "AGREEMENT_END", _("after the agreement ends")
        FY_END = "FY_END", _("after the end of the financial year")

    class RetentionAction(models.TextChoices):
        DELETE = "DELETE", _("Deleted")
        RETURN = "RETURN", _("Returned")
        ANONYMISE = "ANONYMISE", _("Anonymised")
        TRANSFER_TNA = "TRANSFER_TNA", _("Transferred to The National Archives")
        REVIEW = "REVIEW", _("Reviewed")

    door = "programme"
    keeper = "kept_by"
    marking_field = "dataset__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="data_flows")
    reference = reference_field()
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department that keeps this record")
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="flows", verbose_name=_("dataset"))
    from_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="flows_out", verbose_name=_("from")
    )
    to_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="flows_in", verbose_name=_("to")
    )
    purpose = models.TextField(_("what the data is used for"))
    use_limits = models.TextField(_("what it must not be used for"), blank=True)
    method = models.CharField(_("how it moves"), max_length=20, choices=Method.choices, default=Method.FILE_TRANSFER)
    method_detail = models.CharField(_("more about how it moves"), max_length=300, blank=True)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="flows",
        verbose_name=_("data protection impact assessment (DPIA)"),
    )  # fmt: skip
    retention_months = models.PositiveSmallIntegerField(_("how many months it is kept"), null=True, blank=True)
    retention_trigger = models.CharField(
        _("from when the months count"), max_length=20, choices=RetentionTrigger.choices, blank=True, default=""
    )
    retention_action = models.CharField(
        _("what happens to it then"), max_length=20, choices=RetentionAction.choices, blank=True, default=""
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    live_since = models.DateField(_("live since"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    status_reason = models.TextField(_("why it was paused or ended"), blank=True, editable=False)

    objects = DataFlowQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("data flow")
        verbose_name_plural = _("data flows")
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_flow_a_reference"),
            models.CheckConstraint(
                condition=~models.Q(from_department=models.F("to_department")),
                name="flow_between_two_departments",
                violation_error_message=_("Data must go from one department to another, not to itself"),
            ),
            models.CheckConstraint(
                condition=models.Q(retention_months__isnull=True, retention_trigger="", retention_action="")
                | (
                    models.Q(retention_months__isnull=False, retention_months__lte=MOST_RETENTION_MONTHS)
                    & ~models.Q(retention_trigger="")
                    & ~models.Q(retention_action="")
                ),
                name="flow_retention_whole_or_not_at_all",
                violation_error_message=_(
                    "Give all three: how many months it is kept, from when they count, and what happens to it then"
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="LIVE") | models.Q(live_since__isnull=False), name="flow_live_since_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(status="ENDED", ended_on__isnull=False)
                | (~models.Q(status="ENDED") & models.Q(ended_on__isnull=True)),
                name="flow_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.reference} {self.dataset.name}, {self.from_department.short_name} → {self.to_department.short_name}"
        )

    def get_absolute_url(self) -> str:
        return reverse("datasharing:flow", args=[self.programme.reference, self.reference])

    @property
    def has_retention(self) -> bool:
        return self.retention_months is not None

    @property
    def must_stay_whole(self) -> bool:
        """Ready and live flows may not lose what made them so."""
        return self.status in {self.Status.READY, self.Status.LIVE}
