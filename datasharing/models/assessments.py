from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.querysets import AssessmentQuerySet
from programmes.models import Programme
from xgov.accounts.models import Department
from xgov.records.clock import today
from xgov.records.fields import MarkingField, reference_field
from xgov.records.models import GovernedModel


class Assessment(GovernedModel):
    """A data protection impact assessment (DPIA). One may cover several similar flows (ICO, guide to DPIAs)."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        DPO_REVIEW = "DPO_REVIEW", _("With the data protection officer")
        CONSULTING_REGULATOR = "CONSULTING_REGULATOR", _("Consulting the Information Commissioner")
        APPROVED = "APPROVED", _("Approved")
        SCREENED_NOT_NEEDED = "SCREENED_NOT_NEEDED", _("Screened: not needed")
        REVIEW_DUE = "REVIEW_DUE", _("Review due")
        REJECTED = "REJECTED", _("Rejected")

    door = "programme"
    keeper = "kept_by"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="dpias")
    reference = reference_field()
    kept_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department that keeps it")
    )
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=30, choices=State.choices, default=State.DRAFT)
    started_on = models.DateField(_("started on"), default=today)
    kept_at = models.CharField(_("where the document is kept"), max_length=300, blank=True)
    high_risk_remains = models.BooleanField(_("a high risk remains after all measures"), default=False)
    reviewer = models.CharField(_("data protection officer or reviewer"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_reason = models.TextField(_("reason given"), blank=True)
    regulator_answer = models.TextField(_("what the Information Commissioner answered"), blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    marking = MarkingField()

    objects = AssessmentQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("data protection impact assessment (DPIA)")
        verbose_name_plural = _("data protection impact assessments (DPIAs)")
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="one_dpia_a_reference"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["APPROVED", "SCREENED_NOT_NEEDED", "REJECTED"])
                | (models.Q(decided_on__isnull=False) & ~models.Q(reviewer="")),
                name="dpia_decided_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="SCREENED_NOT_NEEDED") | ~models.Q(decision_reason=""),
                name="dpia_screened_out_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("datasharing:assessment", args=[self.programme.reference, self.reference])

    @property
    def is_review_due(self) -> bool:
        if self.state == self.State.REVIEW_DUE:
            return True
        return self.state == self.State.APPROVED and self.review_on is not None and self.review_on <= today()

    @property
    def lets_data_move(self) -> bool:
        """Approved, or screened as not needed by a named person for a reason; an overdue review is only a warning."""
        return self.state in {self.State.APPROVED, self.State.SCREENED_NOT_NEEDED}
