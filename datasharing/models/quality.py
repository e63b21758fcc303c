from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from datasharing.models.datasets import Dataset
from datasharing.querysets import QualityCheckQuerySet
from programmes.models import Programme
from xgov.records.clock import today
from xgov.records.models import GovernedModel

_PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def _is_percent(name: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__range": (0, 100)})


class QualityCheck(GovernedModel):
    """How good a dataset is in one dimension, on one day, against the target that was set. The newest row counts."""

    class Dimension(models.TextChoices):
        """The six dimensions of the Government Data Quality Framework (2020, after DAMA UK)."""

        COMPLETENESS = "COMPLETENESS", _("Completeness")
        UNIQUENESS = "UNIQUENESS", _("Uniqueness")
        CONSISTENCY = "CONSISTENCY", _("Consistency")
        TIMELINESS = "TIMELINESS", _("Timeliness")
        VALIDITY = "VALIDITY", _("Validity")
        ACCURACY = "ACCURACY", _("Accuracy")

    door = "programme"
    keeper = "dataset__kept_by"
    marking_field = "dataset__marking"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="quality_checks")
    dimension = models.CharField(_("dimension"), max_length=20, choices=Dimension.choices)
    target_percent = models.DecimalField(_("target, in percent"), max_digits=5, decimal_places=2, validators=_PERCENT)
    measured_percent = models.DecimalField(
        _("measured, in percent"), max_digits=5, decimal_places=2, null=True, blank=True, validators=_PERCENT
    )
    checked_on = models.DateField(_("date"), default=today)
    method = models.CharField(_("how it was measured"), max_length=300, blank=True)
    known_limits = models.TextField(_("known limits"), blank=True)

    objects = QualityCheckQuerySet.as_manager()

    class Meta(GovernedModel.Meta):
        verbose_name = _("quality check of a dataset")
        verbose_name_plural = _("quality checks of datasets")
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["dataset", "dimension", "-checked_on"], name="quality_latest")]
        constraints = [
            models.CheckConstraint(condition=_is_percent("target_percent"), name="quality_target_is_a_percentage"),
            models.CheckConstraint(condition=_is_percent("measured_percent"), name="quality_measure_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.get_dimension_display()}"

    def get_absolute_url(self) -> str:
        return reverse("datasharing:dataset", args=[self.programme.reference, self.dataset.reference]) + "#quality"

    @property
    def meets_target(self) -> bool | None:
        """None until it has been measured."""
        return None if self.measured_percent is None else self.measured_percent >= self.target_percent
